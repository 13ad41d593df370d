//! Recognizes a webhook body without the member `event` by its other members.

use serde_json::Value;

/// What distinguishes the body of one event from those of others.
pub(crate) struct Shape {
    /// The event's name.
    pub(crate) event: &'static str,
    /// Members that every such body has.
    pub(crate) has: &'static [&'static str],
    /// Members that only bodies of other events have.
    pub(crate) foreign: &'static [&'static str],
    /// The known values of its member `status`.
    pub(crate) statuses: &'static [&'static str],
}

impl Shape {
    fn fits(&self, body: &Value) -> bool {
        let there = |member: &&str| body.get(member).is_some_and(|value| !value.is_null());
        self.has.iter().all(there) && !self.foreign.iter().any(|it| body.get(it).is_some())
    }

    fn knows_status(&self, body: &Value) -> bool {
        let status = body.get("status").and_then(Value::as_str);
        status.is_some_and(|status| self.statuses.contains(&status))
    }
}

/// The event of a body. Where several fit, the first that knows its status; where none of several
/// does, nothing, as a guess could lose data.
pub(crate) fn event(body: &Value, shapes: &[Shape]) -> Option<&'static str> {
    let mut fitting = shapes.iter().filter(|shape| shape.fits(body));
    let known = fitting.clone().find(|shape| shape.knows_status(body));
    let only = fitting.next().filter(|_| fitting.next().is_none());
    known.or(only).map(|shape| shape.event)
}
