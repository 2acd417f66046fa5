//! Several faces as one, so that a full disk under one report costs no other report.

use super::bodies::Cut;
use super::destination::{Destination, apart};
use super::error::ReportError;
use super::face::Face;
use crate::event::Event;
use std::error::Error;
use std::io;
use std::path::Path;
use std::sync::Arc;

/// A list of faces. One that fails is asked no more, the others go on, and `finish` tells what failed.
#[derive(Default)]
pub struct Faces {
    slots: Vec<Slot>,
}

struct Slot {
    name: String,
    face: Box<dyn Face>,
    failure: Option<io::Error>,
}

impl Faces {
    /// Opens every destination at once; no two may go to one path.
    pub fn open(destinations: &[Destination], run_folder: Option<&Path>) -> Result<Self, ReportError> {
        let mut faces = Self::default();
        apart(destinations)?;
        for destination in destinations {
            faces.push(format!("report {destination}"), destination.open(run_folder)?);
        }
        Ok(faces)
    }

    /// Adds a face under the name that a failure is told with.
    pub fn push(&mut self, name: impl Into<String>, face: Box<dyn Face>) {
        self.slots.push(Slot { name: name.into(), face, failure: None });
    }

    fn each(&mut self, mut deed: impl FnMut(&mut dyn Face) -> io::Result<()>) {
        for slot in self.slots.iter_mut().filter(|slot| slot.failure.is_none()) {
            slot.failure = deed(slot.face.as_mut()).err();
        }
    }
}

impl Face for Faces {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.each(|face| face.event(event));
        Ok(())
    }

    fn recorded(&mut self, line: &[u8], cuts: &[Cut]) {
        self.each(|face| {
            face.recorded(line, cuts);
            Ok(())
        });
    }

    fn finish(&mut self) -> io::Result<()> {
        self.each(|face| face.finish());
        let told = |slot: &Slot| slot.failure.as_ref().map(|failure| format!("{}: {}", slot.name, cause(failure)));
        let failures: Vec<String> = self.slots.iter().filter_map(told).collect();
        let kind = self.slots.iter().find_map(|slot| slot.failure.as_ref()).map(|failure| cause(failure).kind());
        kind.map_or(Ok(()), |kind| Err(io::Error::new(kind, failures.join("; "))))
    }
}

/// What the system said, which the writer of a format may have wrapped in words of its own.
fn cause(failure: &io::Error) -> &io::Error {
    let first = failure.get_ref().map(|inner| inner as &(dyn Error + 'static));
    let causes = std::iter::successors(first, |&error| error.source());
    let said = causes.filter_map(|error| {
        let shared = || error.downcast_ref::<Arc<io::Error>>().map(AsRef::as_ref);
        error.downcast_ref::<io::Error>().or_else(shared)
    });
    said.last().unwrap_or(failure)
}

#[cfg(test)]
mod tests {
    use super::{Destination, Event, Face, Faces};
    use std::cell::Cell;
    use std::io;
    use std::rc::Rc;

    struct Counting(Rc<Cell<u32>>);
    struct Full;

    impl Face for Counting {
        fn event(&mut self, _: &Event) -> io::Result<()> {
            self.0.set(self.0.get() + 1);
            Ok(())
        }
        fn finish(&mut self) -> io::Result<()> {
            self.0.set(self.0.get() + 100);
            Ok(())
        }
    }

    impl Face for Full {
        fn event(&mut self, _: &Event) -> io::Result<()> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn finish(&mut self) -> io::Result<()> {
            panic!("a face that failed is asked no more")
        }
    }

    #[test]
    fn one_face_that_fails_stops_no_other_and_is_told_at_the_end() {
        let count = Rc::new(Cell::new(0));
        let mut faces = Faces::default();
        faces.push("report junit=full.xml", Box::new(Full));
        faces.push("terminal", Box::new(Counting(Rc::clone(&count))));
        for _ in 0..2 {
            faces.event(&Event::Note { text: String::new() }).unwrap();
        }
        let error = faces.finish().unwrap_err();
        assert_eq!(count.get(), 102);
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert!(error.to_string().starts_with("report junit=full.xml: "), "{error}");
    }

    #[test]
    fn two_reports_never_share_a_path() {
        let destinations: Vec<Destination> = ["json=-", "ndjson=-"].map(|text| text.parse().unwrap()).into();
        assert!(Faces::open(&destinations, None).err().unwrap().to_string().contains("two reports go to `-`"));
    }
}
