//! How web pages subscribe to streams, and what is relayed between the two ends.

use serde_json::Value;
use vonage_video_core::{ConnectionId, SessionId, StreamId};

use crate::world::{
    changes::participation::not_allowed,
    feed::News,
    participation::ClientError,
    peer_connection::{PeerConnection, Relay, Side},
    state::World,
};

impl World {
    /// Subscribes a page to a stream, which may be its own. A publisher that is a page is notified.
    pub(crate) fn subscribe_as(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        stream_id: &StreamId,
    ) -> Result<PeerConnection, ClientError> {
        let role = &self.client(session_id, id)?.role;
        if !role.may_subscribe() {
            return Err(not_allowed(role, "subscribe"));
        }
        let session = self
            .sessions
            .get_mut(session_id)
            .ok_or(ClientError::NotConnected)?;
        let stream = session
            .streams
            .get(stream_id)
            .ok_or(ClientError::NoSuchStream)?;
        let publisher = stream.connection.clone();
        let to_page = session
            .connections
            .get(&publisher)
            .is_some_and(|publisher| publisher.attachment.is_some());
        let peer = PeerConnection {
            name: self.random.uuid(),
            stream: stream_id.clone(),
            publisher,
            subscriber: id.clone(),
            to_page,
        };
        session.peers.insert(peer.name.clone(), peer.clone());
        self.settle_idleness(session_id, id);
        if to_page {
            let relay = Relay::Wanted {
                peer: peer.name.clone(),
                stream_id: stream_id.clone(),
            };
            self.relay(&peer.publisher, relay);
        }
        Ok(peer)
    }

    /// Ends a subscription of a page.
    pub(crate) fn unsubscribe_as(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        name: &str,
    ) -> Result<(), ClientError> {
        let own = self
            .peer(session_id, name)
            .is_some_and(|peer| peer.subscriber == *id);
        if !own {
            return Err(ClientError::NoSuchStream);
        }
        self.end_peers(session_id, Side::Publisher, |peer| peer.name == name);
        self.settle_idleness(session_id, id);
        Ok(())
    }

    /// Relays something from one end of a peer connection, which must be this page, to the other.
    pub(crate) fn relay_as(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
        name: &str,
        side: Side,
        body: Value,
        length: usize,
    ) -> Result<(), ClientError> {
        let peer = self
            .peer(session_id, name)
            .filter(|peer| peer.at(side) == id && peer.to_page)
            .ok_or(ClientError::NoSuchStream)?;
        let to = peer.at(side.other()).clone();
        let relay = Relay::Message {
            peer: name.to_owned(),
            side: side.other(),
            body,
            length,
        };
        self.relay(&to, relay);
        Ok(())
    }

    /// How often a page subscribes: to anything, and to one stream.
    pub(crate) fn subscriptions_of(
        &self,
        session_id: &SessionId,
        id: &ConnectionId,
        stream_id: &StreamId,
    ) -> (usize, usize) {
        let Some(session) = self.sessions.get(session_id) else {
            return (0, 0);
        };
        let peers = session.peers.iter();
        peers
            .filter(|peer| peer.subscriber == *id)
            .fold((0, 0), |(all, of_it), peer| {
                (all + 1, of_it + usize::from(peer.stream == *stream_id))
            })
    }

    /// Ends the subscriptions to a stream that is gone.
    pub(in crate::world) fn end_peers_of_stream(
        &mut self,
        session_id: &SessionId,
        stream: &StreamId,
    ) {
        let of = |peer: &PeerConnection| peer.stream == *stream;
        for peer in self.end_peers(session_id, Side::Subscriber, of) {
            self.settle_idleness(session_id, &peer.subscriber);
        }
    }

    /// Ends the subscriptions of a page that leaves.
    pub(in crate::world) fn end_peers_of_subscriber(
        &mut self,
        session_id: &SessionId,
        id: &ConnectionId,
    ) {
        self.end_peers(session_id, Side::Publisher, |peer| peer.subscriber == *id);
    }

    /// Ends peer connections, and tells one end of each.
    fn end_peers(
        &mut self,
        session_id: &SessionId,
        told: Side,
        ends: impl Fn(&PeerConnection) -> bool,
    ) -> Vec<PeerConnection> {
        let Some(session) = self.sessions.get_mut(session_id) else {
            return Vec::new();
        };
        let peers = session.peers.iter();
        let ended: Vec<_> = peers.filter(|peer| ends(peer)).cloned().collect();
        for peer in &ended {
            session.peers.remove(&peer.name);
        }
        for peer in ended.iter().filter(|peer| peer.to_page) {
            let relay = Relay::Ended {
                peer: peer.name.clone(),
                side: told,
            };
            self.relay(peer.at(told), relay);
        }
        ended
    }

    fn peer(&self, session_id: &SessionId, name: &str) -> Option<&PeerConnection> {
        self.sessions.get(session_id)?.peers.get(&name.to_owned())
    }

    fn relay(&mut self, to: &ConnectionId, relay: Relay) {
        let to = to.clone();
        self.feed.push(self.now, News::Relay { to, relay });
    }
}
