//! A map that keeps the order in which its rows were added.

use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// As a file has it, a list of ids and rows in their order.
#[derive(Debug)]
pub(crate) struct Table<Id, T> {
    next: u64,
    places: HashMap<Id, u64>,
    rows: BTreeMap<u64, T>,
}

impl<Id, T> Default for Table<Id, T> {
    fn default() -> Self {
        Self {
            next: 0,
            places: HashMap::new(),
            rows: BTreeMap::new(),
        }
    }
}

impl<Id: Eq + Hash, T> Table<Id, T> {
    /// Adds a row at the end and returns its place; a row with the same id is replaced.
    pub(crate) fn insert(&mut self, id: Id, row: T) -> u64 {
        let place = self.next;
        self.next += 1;
        if let Some(old) = self.places.insert(id, place) {
            self.rows.remove(&old);
        }
        self.rows.insert(place, row);
        place
    }

    /// A row and its place.
    pub(crate) fn place(&self, id: &Id) -> Option<(u64, &T)> {
        let place = *self.places.get(id)?;
        Some((place, self.rows.get(&place)?))
    }

    /// The row at a place.
    pub(crate) fn at(&self, place: u64) -> Option<&T> {
        self.rows.get(&place)
    }

    pub(crate) fn get(&self, id: &Id) -> Option<&T> {
        self.rows.get(self.places.get(id)?)
    }

    pub(crate) fn get_mut(&mut self, id: &Id) -> Option<&mut T> {
        self.rows.get_mut(self.places.get(id)?)
    }

    pub(crate) fn remove(&mut self, id: &Id) -> Option<T> {
        self.rows.remove(&self.places.remove(id)?)
    }

    pub(crate) fn contains(&self, id: &Id) -> bool {
        self.places.contains_key(id)
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The ids and rows, oldest first.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&Id, &T)> {
        let mut places: Vec<(&Id, &u64)> = self.places.iter().collect();
        places.sort_unstable_by_key(|(_, place)| **place);
        places
            .into_iter()
            .filter_map(|(id, place)| Some((id, self.rows.get(place)?)))
    }

    /// The ids, in the order of their rows.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &Id> {
        self.entries().map(|(id, _)| id)
    }

    /// Oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.rows.values()
    }

    /// Oldest first.
    pub(crate) fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        self.rows.values_mut()
    }
}

impl<Id: Eq + Hash, T> FromIterator<(Id, T)> for Table<Id, T> {
    fn from_iter<I: IntoIterator<Item = (Id, T)>>(entries: I) -> Self {
        let mut table = Self::default();
        for (id, row) in entries {
            table.insert(id, row);
        }
        table
    }
}

impl<Id: Eq + Hash + Serialize, T: Serialize> Serialize for Table<Id, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.entries())
    }
}

impl<'de, Id: Eq + Hash + Deserialize<'de>, T: Deserialize<'de>> Deserialize<'de> for Table<Id, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<(Id, T)>::deserialize(deserializer)?
            .into_iter()
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stay_in_order_and_are_found_by_id() {
        let mut table = Table::default();
        for (id, row) in [("a", 1), ("b", 2), ("c", 3)] {
            table.insert(id, row);
        }
        assert_eq!(table.remove(&"b"), Some(2));
        assert_eq!(table.remove(&"b"), None);
        table.insert("d", 4);
        table.insert("a", 5);
        assert_eq!(table.iter().copied().collect::<Vec<_>>(), [3, 4, 5]);
        assert_eq!(table.get(&"a"), Some(&5));
        assert_eq!(table.len(), 3);
        assert!(!table.contains(&"b"));
    }
}
