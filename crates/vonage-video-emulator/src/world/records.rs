//! Archives, broadcasts and renders: found by id, and listed by project or by session without
//! reading those of others.

use std::{
    collections::{HashMap, HashSet},
    hash::Hash,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use vonage_video_core::{ProjectId, SessionId};

use crate::world::table::Table;

/// Something in the lists of a project and of a session.
pub(crate) trait Listed {
    fn project(&self) -> &ProjectId;
    fn session(&self) -> &SessionId;
    fn id(&self) -> &str;
}

#[derive(Debug)]
pub(crate) struct Records<Id, T> {
    rows: Table<Id, T>,
    /// Their places in the table, oldest first.
    by_project: HashMap<ProjectId, Vec<u64>>,
    by_session: HashMap<SessionId, Vec<u64>>,
}

/// The list to read.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ListOf<'i> {
    Project(&'i ProjectId),
    Session(&'i SessionId),
}

impl<Id, T> Default for Records<Id, T> {
    fn default() -> Self {
        Self {
            rows: Table::default(),
            by_project: HashMap::new(),
            by_session: HashMap::new(),
        }
    }
}

impl<Id: Eq + Hash, T: Listed> Records<Id, T> {
    /// Adds a record, which becomes the newest of its lists.
    pub(crate) fn insert(&mut self, id: Id, record: T) {
        let (project, session) = (record.project().clone(), record.session().clone());
        let place = self.rows.insert(id, record);
        self.by_project.entry(project).or_default().push(place);
        self.by_session.entry(session).or_default().push(place);
    }

    /// Takes a record out of the lists. It is still found by its id.
    pub(crate) fn unlist(&mut self, id: &Id) {
        let Some((place, record)) = self.rows.place(id) else {
            return;
        };
        let lists = [
            self.by_project.get_mut(record.project()),
            self.by_session.get_mut(record.session()),
        ];
        for list in lists.into_iter().flatten() {
            if let Ok(at) = list.binary_search(&place) {
                list.remove(at);
            }
        }
    }

    /// The length of a list, and a window of it, newest first; 50 records unless `count` is set.
    pub(crate) fn window(
        &self,
        list: ListOf<'_>,
        offset: Option<u32>,
        count: Option<u32>,
    ) -> (u64, Vec<&T>) {
        let places = match list {
            ListOf::Project(id) => self.by_project.get(id),
            ListOf::Session(id) => self.by_session.get(id),
        };
        let places = places.map_or(&[][..], Vec::as_slice);
        let rows = places
            .iter()
            .rev()
            .skip(usize::try_from(offset.unwrap_or(0)).unwrap_or(usize::MAX))
            .take(usize::try_from(count.unwrap_or(50)).unwrap_or(usize::MAX))
            .filter_map(|place| self.rows.at(*place))
            .collect();
        (places.len() as u64, rows)
    }

    pub(crate) fn get(&self, id: &Id) -> Option<&T> {
        self.rows.get(id)
    }

    pub(crate) fn get_mut(&mut self, id: &Id) -> Option<&mut T> {
        self.rows.get_mut(id)
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The ids of all of them, unlisted ones too, oldest first.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &Id> {
        self.rows.ids()
    }

    /// All of them, unlisted ones too, oldest first.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.rows.iter_mut()
    }

    /// All of them, unlisted ones too, oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.rows.iter()
    }
}

/// As a file has it, an id and a record, and whether lists have it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row<Id, T> {
    id: Id,
    listed: bool,
    record: T,
}

impl<Id: Eq + Hash + Serialize, T: Listed + Serialize> Serialize for Records<Id, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let listed: HashSet<u64> = self.by_project.values().flatten().copied().collect();
        let row = |(id, record)| Row {
            id,
            listed: self
                .rows
                .place(id)
                .is_some_and(|(place, _)| listed.contains(&place)),
            record,
        };
        serializer.collect_seq(self.rows.entries().map(row))
    }
}

impl<'de, Id, T> Deserialize<'de> for Records<Id, T>
where
    Id: Clone + Eq + Hash + Deserialize<'de>,
    T: Listed + Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut records = Self::default();
        for row in Vec::<Row<Id, T>>::deserialize(deserializer)? {
            records.insert(row.id.clone(), row.record);
            if !row.listed {
                records.unlist(&row.id);
            }
        }
        Ok(records)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Record(ProjectId, SessionId, u32);

    impl Listed for Record {
        fn project(&self) -> &ProjectId {
            &self.0
        }

        fn session(&self) -> &SessionId {
            &self.1
        }

        fn id(&self) -> &str {
            ""
        }
    }

    #[test]
    fn lists_are_of_one_owner_newest_first_and_without_what_was_taken_out() {
        let mut records = Records::default();
        for (at, (project, session)) in [("p", "s"), ("q", "t"), ("p", "u"), ("p", "s")]
            .into_iter()
            .enumerate()
        {
            let at = u32::try_from(at).unwrap();
            records.insert(at, Record(project.into(), session.into(), at));
        }
        let list = |records: &Records<u32, Record>, of, offset, count| {
            let (total, rows) = records.window(of, offset, count);
            (total, rows.iter().map(|row| row.2).collect::<Vec<_>>())
        };
        let (project, session) = (ProjectId::from("p"), SessionId::from("s"));
        let (p, s) = (ListOf::Project(&project), ListOf::Session(&session));
        assert_eq!(list(&records, p, None, None), (3, vec![3, 2, 0]));
        assert_eq!(list(&records, p, Some(1), Some(1)), (3, vec![2]));
        assert_eq!(list(&records, p, Some(9), None), (3, vec![]));
        assert_eq!(list(&records, s, None, Some(0)), (2, vec![]));
        let other = SessionId::from("p");
        assert_eq!(
            list(&records, ListOf::Session(&other), None, None),
            (0, vec![]),
            "a project is not a session"
        );
        records.unlist(&3);
        records.unlist(&3);
        records.unlist(&99);
        assert_eq!(list(&records, p, None, None), (2, vec![2, 0]));
        assert_eq!(list(&records, s, None, None), (1, vec![0]));
        assert_eq!(records.get(&3).map(|row| row.2), Some(3));
        assert_eq!((records.len(), records.iter().count()), (4, 4));
    }
}
