//! Responses: what is read is written, and reads the same again.
//!
//! A line with the name of an operation, and a body.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vonage_video_core::Operation;
use vonage_video_core::operations::{Visitor, visit};
use vonage_video_fuzz::{SETTLED, assert_one_line, first_line};

fuzz_target!(|text: &str| {
    let (id, body) = first_line(text);
    visit(id, Again(body.as_bytes()));
});

struct Again<'a>(&'a [u8]);

impl Visitor for Again<'_> {
    type Output = ();

    fn visit<O: Operation>(self) {
        let mut response = match O::decode_output(self.0) {
            Ok(response) => response,
            Err(error) => return assert_one_line(&error.to_string()),
        };
        for _ in 0..SETTLED {
            response = read::<O>(&write::<O>(&response));
        }
        let written = write::<O>(&response);
        let again = read::<O>(&written);
        assert_eq!(write::<O>(&again), written);
        assert_eq!(format!("{again:?}"), format!("{response:?}"));
    }
}

fn write<O: Operation>(response: &O::Output) -> Vec<u8> {
    O::encode_output(response).expect("every response can be written")
}

fn read<O: Operation>(written: &[u8]) -> O::Output {
    O::decode_output(written).expect("what is written can be read")
}
