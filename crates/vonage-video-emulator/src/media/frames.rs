//! The frames of a film: a key frame when the picture changes, and one that changes nothing every
//! second, so that players find one wherever they look.

use crate::media::film::Scene;

/// A frame, shown until the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Milliseconds.
    pub(crate) at: u64,
    pub(crate) to: u64,
    /// Which scene it belongs to.
    pub(crate) scene: usize,
    /// Its number within the scene; 0 is the key frame.
    pub(crate) number: u32,
}

/// Milliseconds from one frame to the next in a scene.
const STEP: u64 = 1_000;

/// How long the last frame of a scene is shown: one frame of 25 in a second. A viewer who looks
/// just before a change still sees what was there.
const LAST: u64 = 40;

/// The frames of scenes that follow each other.
pub(crate) fn frames(scenes: &[Scene]) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for (scene, Scene { from, to, .. }) in scenes.iter().enumerate() {
        let last = to.saturating_sub(LAST).max(*from);
        let times = (1..).map_while(|step: u64| {
            let at = from.saturating_add(step.saturating_mul(STEP));
            (at < last).then_some(at)
        });
        let last = (last > *from).then_some(last);
        let times = std::iter::once(*from).chain(times).chain(last);
        for (number, at) in (0..).zip(times) {
            if let Some(before) = frames.last_mut() {
                before.to = at;
            }
            frames.push(Frame {
                at,
                to: *to,
                scene,
                number,
            });
        }
    }
    frames
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_follow_each_other_without_gaps() {
        let scene = |from, to| Scene {
            from,
            to,
            tiles: Vec::new(),
        };
        let frames = frames(&[scene(0, 2_500), scene(2_500, 2_530), scene(2_530, 3_570)]);
        let times: Vec<_> = frames
            .iter()
            .map(|it| (it.at, it.scene, it.number))
            .collect();
        let expected = [
            (0, 0, 0),
            (1_000, 0, 1),
            (2_000, 0, 2),
            (2_460, 0, 3),
            (2_500, 1, 0),
            (2_530, 2, 0),
            (3_530, 2, 1),
        ];
        assert_eq!(times, expected);
        assert!(frames.windows(2).all(|pair| pair[0].to == pair[1].at));
        assert_eq!(frames.last().unwrap().to, 3_570);
    }
}
