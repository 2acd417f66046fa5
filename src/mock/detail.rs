//! The kinds of error that an envelope tells, each with its message in every language that there is.

use super::language::Language;
use http::StatusCode;

/// One kind of error.
#[derive(Debug, PartialEq, Eq)]
pub struct Detail {
    /// The HTTP status.
    pub status: StatusCode,
    /// The `detailCode`, which begins with the status.
    pub code: &'static str,
    english: &'static str,
    german: &'static str,
    french: &'static str,
    japanese: &'static str,
}

impl Detail {
    /// The message in a language.
    pub fn text(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::German => self.german,
            Language::French => self.french,
            Language::Japanese => self.japanese,
        }
    }
}

/// The request's content cannot be used.
pub static BAD_REQUEST: Detail = Detail {
    status: StatusCode::BAD_REQUEST,
    code: "400.1 Bad Request Content",
    english: "The content of the request cannot be used.",
    german: "Der Inhalt der Anfrage ist nicht verwendbar.",
    french: "Le contenu de la requête est inutilisable.",
    japanese: "リクエストの内容を使用できません。",
};

/// A value is none of those that may stand there.
pub static ILLEGAL_VALUE: Detail = Detail {
    status: StatusCode::BAD_REQUEST,
    code: "400.1.3 Illegal value",
    english: "A value of the request is not one of those allowed in its place.",
    german: "Ein Wert der Anfrage ist an seiner Stelle nicht zulässig.",
    french: "Une valeur de la requête n’est pas admise à cet endroit.",
    japanese: "リクエストに許可されていない値が含まれています。",
};

/// The request names something that does not exist.
pub static NO_REFERENCE: Detail = Detail {
    status: StatusCode::BAD_REQUEST,
    code: "400.1.404 Referenced object not found",
    english: "The request refers to an object that does not exist.",
    german: "Die Anfrage verweist auf ein Objekt, das es nicht gibt.",
    french: "La requête désigne un objet qui n’existe pas.",
    japanese: "リクエストが参照するオブジェクトは存在しません。",
};

/// The caller lacks the authority.
pub static FORBIDDEN: Detail = Detail {
    status: StatusCode::FORBIDDEN,
    code: "403 Forbidden",
    english: "The caller is known but may not do this.",
    german: "Der Aufrufer ist bekannt, darf dies aber nicht.",
    french: "L’appelant est connu mais n’a pas ce droit.",
    japanese: "呼び出し元にはこの操作の権限がありません。",
};

/// There is nothing at this path.
pub static NOT_FOUND: Detail = Detail {
    status: StatusCode::NOT_FOUND,
    code: "404 Not found",
    english: "There is nothing here by that name.",
    german: "Unter diesem Namen gibt es hier nichts.",
    french: "Rien ne porte ce nom ici.",
    japanese: "指定されたものは見つかりません。",
};

/// The path does not know this method.
pub static METHOD_NOT_ALLOWED: Detail = Detail {
    status: StatusCode::METHOD_NOT_ALLOWED,
    code: "405 Method Not Allowed",
    english: "This path does not take that method.",
    german: "Dieser Pfad kennt die Methode nicht.",
    french: "Ce chemin n’accepte pas cette méthode.",
    japanese: "このパスではそのメソッドを使用できません。",
};

/// The body is larger than the tenant takes.
pub static TOO_LARGE: Detail = Detail {
    status: StatusCode::PAYLOAD_TOO_LARGE,
    code: "413 Content Too Large",
    english: "The body of the request is too large.",
    german: "Der Rumpf der Anfrage ist zu groß.",
    french: "Le corps de la requête est trop volumineux.",
    japanese: "リクエストの本文が大きすぎます。",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_detail_code_begins_with_its_status() {
        let all =
            [&BAD_REQUEST, &ILLEGAL_VALUE, &NO_REFERENCE, &FORBIDDEN, &NOT_FOUND, &METHOD_NOT_ALLOWED, &TOO_LARGE];
        for detail in all {
            assert!(detail.code.starts_with(detail.status.as_str()), "{}", detail.code);
        }
    }
}
