//! tenantcheck: points at a tenant and tells, in few requests and with no false alarm, where two endpoints break
//! their documented contract, and how to see it again.
//!
//! The tree is the pipe; the rooms stand here in reading order.

pub mod contract;
pub mod exchange;
pub mod verdict;
pub mod event;

pub mod generate;
pub mod plan;
pub mod check;
pub mod lint;
pub mod survey;
pub mod evidence;
pub mod compare;
pub mod shrink;
pub mod gate;
pub mod purse;

pub mod load;
pub mod wire;
pub mod mock;

pub mod run;

pub mod report;
pub mod inprocess;
pub mod libtest;
pub mod cli;
