//! Traces and metrics of client calls, also blocking ones and those of webhook handlers, exported
//! with OpenTelemetry over OTLP to a collector. Alone in its process: the subscriber is the whole
//! process's.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, routing::post};
use http::{Request, Response, StatusCode};
use opentelemetry::{
    KeyValue,
    metrics::{Histogram, Meter, MeterProvider as _},
    trace::{TraceContextExt as _, TracerProvider as _},
};
use opentelemetry_http::{HttpClient, HttpError, hyper::HyperClient};
use opentelemetry_otlp::{
    MetricExporter, Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _,
};
use opentelemetry_proto::tonic::{
    collector::{metrics::v1::ExportMetricsServiceRequest, trace::v1::ExportTraceServiceRequest},
    common::v1::{KeyValue as ProtoKeyValue, any_value::Value},
    metrics::v1::metric::Data,
    trace::v1::{Span, span::SpanKind, status::StatusCode as SpanStatus},
};
use opentelemetry_sdk::{metrics::SdkMeterProvider, trace::SdkTracerProvider};
use prost::Message as _;
use tokio::{net::TcpListener, runtime::Handle};
use tracing::{Instrument as _, info_span, level_filters::LevelFilter};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::{Layer as _, filter::Targets, layer::SubscriberExt as _};
use vonage_video::{
    CallReport, Client, Credentials, Observer, Timestamp, WebhookEvent,
    operations::{GetArchive, ListStreams, StartArchive},
    webhook::{
        Webhooks,
        test::{signed, verifier},
    },
};

const SESSION: &str = "1_MX4xMjM0NTZ-fn4";
const PROJECT: &str = "123456";

/// What the collector was sent.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<(Vec<Span>, Vec<ExportMetricsServiceRequest>)>>);

impl Collector {
    fn spans(&self) -> Vec<Span> {
        self.0.lock().unwrap().0.clone()
    }

    fn span(&self, name: &str) -> Span {
        let mut spans = self.spans();
        spans.retain(|span| span.name == name);
        assert_eq!(spans.len(), 1, "{name}: {spans:#?}");
        spans.remove(0)
    }

    async fn serve(&self) -> String {
        let traces = |State(collector): State<Self>, body: Bytes| async move {
            let export = ExportTraceServiceRequest::decode(body).unwrap();
            let scopes = export.resource_spans.into_iter();
            let scopes = scopes.flat_map(|resource| resource.scope_spans);
            let mut received = collector.0.lock().unwrap();
            received.0.extend(scopes.flat_map(|scope| scope.spans));
        };
        let metrics = |State(collector): State<Self>, body: Bytes| async move {
            let export = ExportMetricsServiceRequest::decode(body).unwrap();
            collector.0.lock().unwrap().1.push(export);
        };
        let router = Router::new()
            .route("/v1/traces", post(traces))
            .route("/v1/metrics", post(metrics));
        serve(router.with_state(self.clone())).await
    }
}

async fn serve(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

/// Answers once with 503, then with an archive, then with 404, and keeps each `traceparent`.
async fn video_api(seen: Arc<Mutex<Vec<String>>>) -> String {
    let respond = move |headers: HeaderMap| {
        let mut seen = seen.lock().unwrap();
        seen.push(headers["traceparent"].to_str().unwrap().to_owned());
        let response = match seen.len() {
            1 => (StatusCode::SERVICE_UNAVAILABLE, String::new()),
            2 => {
                let archive =
                    format!(r#"{{"id":"a1","status":"started","sessionId":"{SESSION}"}}"#);
                (StatusCode::OK, archive)
            }
            _ => (StatusCode::NOT_FOUND, r#"{"message":"no archive"}"#.into()),
        };
        async move { response }
    };
    serve(Router::new().fallback(respond)).await
}

/// The hyper client of the exporters. They export from threads of their own, outside the runtime
/// that hyper needs.
#[derive(Debug)]
struct OnRuntime(Handle, HyperClient);

#[async_trait::async_trait]
impl HttpClient for OnRuntime {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.1.clone();
        let sent = self
            .0
            .spawn(async move { client.send_bytes(request).await });
        sent.await?
    }
}

/// Records how long calls take, by operation and outcome.
struct Durations(Histogram<f64>);

impl Durations {
    fn new(meter: &Meter) -> Self {
        let histogram = meter.f64_histogram("http.client.request.duration");
        Self(histogram.with_unit("s").build())
    }
}

impl Observer for Durations {
    fn call(&self, report: &CallReport<'_>) {
        let outcome = report.error.map_or("ok", |error| error.kind().as_str());
        let attributes = [
            KeyValue::new("vonage.video.operation", report.operation),
            KeyValue::new("vonage.video.project", report.project.to_owned()),
            KeyValue::new("outcome", outcome),
        ];
        self.0.record(report.duration.as_secs_f64(), &attributes);
    }
}

/// The W3C trace context of the span that is entered.
fn trace_parent() -> Option<String> {
    let context = tracing::Span::current().context();
    let span = context.span().span_context().clone();
    let flags = span.trace_flags().to_u8();
    span.is_valid()
        .then(|| format!("00-{}-{}-{flags:02x}", span.trace_id(), span.span_id()))
}

fn text(value: &Value) -> String {
    match value {
        Value::StringValue(text) => text.clone(),
        Value::IntValue(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}

/// An attribute as text; empty if it is absent.
fn attribute(attributes: &[ProtoKeyValue], key: &str) -> String {
    let attribute = attributes.iter().find(|attribute| attribute.key == key);
    let value = attribute.and_then(|attribute| attribute.value.as_ref()?.value.as_ref());
    value.map(text).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn traces_and_metrics_reach_a_collector_over_otlp() {
    let collector = Collector::default();
    let url = collector.serve().await;
    let http = || {
        let hyper = HyperClient::with_default_connector(Duration::from_secs(5), None);
        OnRuntime(Handle::current(), hyper)
    };
    let spans = SpanExporter::builder().with_http().with_http_client(http());
    let spans = spans.with_protocol(Protocol::HttpBinary);
    let spans = spans.with_endpoint(format!("{url}/v1/traces")).build();
    let tracers = SdkTracerProvider::builder().with_batch_exporter(spans.unwrap());
    let tracers = tracers.build();
    let metrics = MetricExporter::builder().with_http();
    let metrics = metrics.with_http_client(http());
    let metrics = metrics.with_protocol(Protocol::HttpBinary);
    let metrics = metrics.with_endpoint(format!("{url}/v1/metrics")).build();
    let meters = SdkMeterProvider::builder().with_periodic_exporter(metrics.unwrap());
    let meters = meters.build();

    let layer = tracing_opentelemetry::layer().with_tracer(tracers.tracer("program"));
    let targets = Targets::new()
        .with_target("vonage_video", LevelFilter::DEBUG)
        .with_target("program", LevelFilter::INFO);
    let subscriber = tracing_subscriber::registry().with(layer.with_filter(targets));
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let seen = Arc::default();
    let client = Client::builder(Credentials::opentok(PROJECT, "secret").unwrap())
        .base_url(video_api(Arc::clone(&seen)).await)
        .variables(|_| None)
        .observer(Durations::new(&meters.meter("program")))
        .trace_parent(trace_parent)
        .build()
        .unwrap();
    let blocking = vonage_video::blocking::Client::from(client.clone());
    let in_handler = client.clone();
    let webhooks = Webhooks::new(verifier()).on_every(move |_| {
        let video = in_handler.clone();
        async move { video.send(ListStreams::new(SESSION)).await.map(drop) }
    });
    let calls = async {
        client.send(GetArchive::new("a1")).await.unwrap();
        client.send(StartArchive::new(SESSION)).await.unwrap_err();
        client.send(StartArchive::new("")).await.unwrap_err();
        let event = WebhookEvent::connection_created(
            SESSION,
            "c1",
            Timestamp::from_millis(1_728_036_500_000),
        );
        let delivery = signed(&event);
        let authorization = delivery.headers()["authorization"].to_str().ok();
        let body = delivery.body().as_bytes();
        let outcome = webhooks.handle(authorization, body).await;
        assert_eq!(outcome.status(), 503, "its handler failed");
        let span = tracing::Span::current();
        let on_this_thread =
            move || span.in_scope(|| blocking.send(GetArchive::new("a2")).run().unwrap_err());
        let ended = tokio::task::spawn_blocking(on_this_thread).await;
        assert_eq!(ended.unwrap().status(), Some(StatusCode::NOT_FOUND));
    };
    calls
        .instrument(info_span!(target: "program", "handle request"))
        .await;

    let flush = move || {
        tracers.shutdown().unwrap();
        meters.shutdown().unwrap();
    };
    tokio::task::spawn_blocking(flush).await.unwrap();

    let request = collector.span("handle request");
    let mut calls = collector.spans();
    calls.retain(|span| span.name != "handle request");
    for span in &calls {
        assert_eq!(span.trace_id, request.trace_id, "{span:#?}");
        assert_eq!(span.parent_span_id, request.span_id, "{span:#?}");
        assert_eq!(span.kind, SpanKind::Client as i32, "{span:#?}");
    }
    calls.sort_by_key(|span| span.start_time_unix_nano);
    let fields = [
        "vonage.video.operation",
        "vonage.video.environment",
        "vonage.video.project",
        "http.request.method",
        "url.template",
        "server.address",
        "http.response.status_code",
        "http.request.resend_count",
        "error.type",
        "vonage.video.invalid",
    ];
    let found = calls.iter().map(|span| {
        let status = span.status.clone().unwrap_or_default().code();
        let values = fields.map(|field| attribute(&span.attributes, field));
        (span.name.as_str(), status, values)
    });
    let found: Vec<_> = found.collect();
    let get = "/v2/project/{project}/archive/{archiveId}";
    let start = "/v2/project/{project}/archive";
    let list = "/v2/project/{project}/session/{sessionId}/stream";
    let to = "127.0.0.1";
    #[rustfmt::skip]
    let expected = [
        ("get_archive", SpanStatus::Unset,
            ["get_archive", "OpenTok", PROJECT, "GET", get, to, "200", "1", "", ""]),
        ("start_archive", SpanStatus::Error,
            ["start_archive", "OpenTok", PROJECT, "POST", start, to, "404", "", "api", ""]),
        ("start_archive", SpanStatus::Error,
            ["start_archive", "OpenTok", PROJECT, "POST", start, to, "", "", "invalid", "sessionId"]),
        ("list_streams", SpanStatus::Error,
            ["list_streams", "OpenTok", PROJECT, "GET", list, to, "404", "", "api", ""]),
        ("get_archive", SpanStatus::Error,
            ["get_archive", "OpenTok", PROJECT, "GET", get, to, "404", "", "api", ""]),
    ];
    let expected = expected.map(|(name, status, values)| (name, status, values.map(str::to_owned)));
    assert_eq!(found, expected);

    // Each attempt is an event of its call's span.
    let attempts = calls.iter().map(|span| {
        let statuses = span.events.iter().map(|event| {
            assert_eq!(event.name, "attempt ended");
            attribute(&event.attributes, "http.response.status_code")
        });
        statuses.collect::<Vec<_>>()
    });
    let attempts: Vec<_> = attempts.collect();
    assert_eq!(
        attempts,
        [
            vec!["503", "200"],
            vec!["404"],
            vec![],
            vec!["404"],
            vec!["404"]
        ]
    );

    // The server was sent the trace and the span of the call, on both attempts.
    let hex = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let sent = |span: &Span| format!("00-{}-{}-01", hex(&span.trace_id), hex(&span.span_id));
    let expected = [0, 0, 1, 3, 4].map(|call| sent(&calls[call]));
    assert_eq!(*seen.lock().unwrap(), expected);

    let exports = collector.0.lock().unwrap().1.clone();
    let last = exports.last().expect("metrics are exported").clone();
    let scopes = last.resource_metrics.into_iter();
    let metrics = scopes.flat_map(|resource| resource.scope_metrics);
    let metrics: Vec<_> = metrics.flat_map(|scope| scope.metrics).collect();
    assert_eq!(metrics.len(), 1, "{metrics:#?}");
    assert_eq!(metrics[0].name, "http.client.request.duration");
    assert_eq!(metrics[0].unit, "s");
    let Some(Data::Histogram(histogram)) = &metrics[0].data else {
        panic!("{metrics:#?}");
    };
    let points = histogram.data_points.iter().map(|point| {
        let names = ["vonage.video.operation", "vonage.video.project", "outcome"];
        let labels = names.map(|name| attribute(&point.attributes, name));
        (labels.join(" "), point.count)
    });
    let mut points: Vec<_> = points.collect();
    points.sort();
    let expected = [
        "get_archive 123456 api",
        "get_archive 123456 ok",
        "list_streams 123456 api",
        "start_archive 123456 api",
        "start_archive 123456 invalid",
    ];
    assert_eq!(points, expected.map(|labels| (labels.to_owned(), 1)));
}
