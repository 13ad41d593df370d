//! The order of streams (layout guide, stream prioritization).

use std::collections::HashSet;

use vonage_video_core::models::{LayoutType, VideoType};

use super::input::StreamInput;

/// Orders streams: those with a layout class first; in each tier shared screens, then the other
/// streams of clients that share one, then the rest. Among the rest without a class, streams of
/// clients that have one with a class come first. Equal ones keep their order.
pub(super) fn ordered<'s>(streams: &[&'s StreamInput]) -> Vec<&'s StreamInput> {
    let clients = |of: &dyn Fn(&StreamInput) -> bool| -> HashSet<&str> {
        streams
            .iter()
            .filter(|stream| of(stream))
            .map(|stream| stream.connection_id.as_str())
            .collect()
    };
    let sharing = clients(&|stream| is_screen(stream));
    let classed = clients(&|stream| has_class(stream));
    let mut ordered = streams.to_vec();
    ordered.sort_by_cached_key(|stream| {
        let client = stream.connection_id.as_str();
        let within = match stream {
            _ if is_screen(stream) => 0,
            _ if sharing.contains(client) => 1,
            _ if !has_class(stream) && classed.contains(client) => 2,
            _ => 3,
        };
        (!has_class(stream), within)
    });
    ordered
}

/// Brings those to the front that a layout has there: the streams of its layout class or, in the
/// layout of a shared screen, screens, besides which `bestFit` then has no streams.
pub(super) fn put_in_front(kind: &LayoutType, shares: bool, streams: &mut Vec<&StreamInput>) {
    let class = match kind {
        LayoutType::Pip => "full",
        LayoutType::HorizontalPresentation | LayoutType::VerticalPresentation => "focus",
        LayoutType::BestFit if shares => return streams.retain(|stream| is_screen(stream)),
        _ => return,
    };
    streams.sort_by_cached_key(|stream| match shares {
        true => !is_screen(stream),
        false => !stream.classes().contains(class),
    });
}

fn is_screen(stream: &StreamInput) -> bool {
    stream.video_type == Some(VideoType::Screen)
}

fn has_class(stream: &StreamInput) -> bool {
    !stream.layout_class_list.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(id: &str, client: &str, screen: bool, class: bool) -> StreamInput {
        StreamInput {
            id: id.into(),
            name: String::new(),
            connection_id: client.into(),
            video_type: Some(if screen {
                VideoType::Screen
            } else {
                VideoType::Camera
            }),
            layout_class_list: class.then(|| "focus".to_owned()).into_iter().collect(),
            number: None,
        }
    }

    #[test]
    fn a_layout_has_its_class_in_front_and_that_of_a_shared_screen_the_screen() {
        let mut streams = [
            stream("other class", "1", false, true),
            stream("focus", "2", false, true),
            stream("full", "3", false, true),
            stream("screen", "4", true, false),
            stream("plain", "4", false, false),
        ];
        streams[0].layout_class_list = vec!["other".to_owned()];
        streams[2].layout_class_list = vec!["wide full".to_owned()];
        for (kind, shares, expected) in [
            (
                LayoutType::HorizontalPresentation,
                false,
                "focus+other class+full+screen+plain",
            ),
            (
                LayoutType::VerticalPresentation,
                false,
                "focus+other class+full+screen+plain",
            ),
            (
                LayoutType::Pip,
                false,
                "full+other class+focus+screen+plain",
            ),
            (
                LayoutType::BestFit,
                false,
                "other class+focus+full+screen+plain",
            ),
            (
                LayoutType::Custom,
                false,
                "other class+focus+full+screen+plain",
            ),
            (
                LayoutType::HorizontalPresentation,
                true,
                "screen+other class+focus+full+plain",
            ),
            (LayoutType::Pip, true, "screen+other class+focus+full+plain"),
            (LayoutType::BestFit, true, "screen"),
        ] {
            let references: Vec<&StreamInput> = streams.iter().collect();
            let mut ordered = ordered(&references);
            put_in_front(&kind, shares, &mut ordered);
            let ids: Vec<&str> = ordered.iter().map(|it| it.id.as_str()).collect();
            assert_eq!(ids.join("+"), expected, "{kind} {shares}");
        }
    }

    #[test]
    fn the_tiers_are_those_of_the_guide() {
        let streams = [
            stream("plain", "1", false, false),
            stream("with a classed one", "2", false, false),
            stream("classed camera", "2", false, true),
            stream("beside a screen", "3", false, false),
            stream("screen", "3", true, false),
            stream("classed screen", "4", true, true),
            stream("late", "5", false, false),
        ];
        let references: Vec<&StreamInput> = streams.iter().collect();
        let names: Vec<&str> = ordered(&references)
            .iter()
            .map(|it| it.id.as_str())
            .collect();
        assert_eq!(
            names,
            [
                "classed screen",
                "classed camera",
                "screen",
                "beside a screen",
                "with a classed one",
                "plain",
                "late"
            ]
        );
    }
}
