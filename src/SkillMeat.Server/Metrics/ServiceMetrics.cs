using System.Diagnostics.Metrics;
using System.Text.Json;
using SkillMeat.Cache.Background;
using SkillMeat.Server.Jobs;

namespace SkillMeat.Server.Metrics;

/// <summary>The instruments of the service. Any listener of .NET's metrics can read them, and <see cref="PrometheusText"/> does.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    public const string MeterName = "SkillMeat.Server";

    // Names, and attributes, are those of OpenTelemetry's conventions where it has some.
    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _requests;
    private readonly Histogram<double> _jobs;
    private readonly Histogram<double> _refreshes;
    private readonly Counter<double> _entries;

    public ServiceMetrics()
    {
        _requests = _meter.CreateHistogram<double>("http.server.request.duration", "s", "The duration of requests.");
        _jobs = _meter.CreateHistogram<double>("skillmeat.job.duration", "s", "The duration of jobs, such as refreshes.");
        _refreshes = _meter.CreateHistogram<double>("skillmeat.background.duration", "s", "The duration of runs of the background refresh.");
        _entries = _meter.CreateCounter<double>("skillmeat.background.entries", "", "Entries that had expired, by task and outcome.");
    }

    public void RequestEnded(string method, string? route, int status, TimeSpan duration) => _requests.Record(
        duration.TotalSeconds,
        new KeyValuePair<string, object?>("http.request.method", method),
        new KeyValuePair<string, object?>("http.route", route ?? ""),
        new KeyValuePair<string, object?>("http.response.status_code", status));

    public void JobEnded(string kind, JobState state, TimeSpan duration) => _jobs.Record(
        duration.TotalSeconds, new KeyValuePair<string, object?>("skillmeat.job.kind", kind), new KeyValuePair<string, object?>("skillmeat.job.state", state.ToString().ToLowerInvariant()));

    public void RefreshEnded(BackgroundRefreshRun run)
    {
        _refreshes.Record(
            run.Duration.TotalSeconds,
            new KeyValuePair<string, object?>("skillmeat.background.trigger", JsonNamingPolicy.SnakeCaseLower.ConvertName(run.Trigger.ToString())),
            new KeyValuePair<string, object?>("skillmeat.background.outcome", run.Succeeded ? "success" : "failure"));
        foreach (var task in run.Tasks)
        {
            Add(task.Task, "refreshed", task.Refreshed);
            Add(task.Task, "failed", task.Failed);
        }
    }

    /// <summary>Adds an instrument whose value is read when it is asked for.</summary>
    public void Observe(string name, string unit, string description, Func<double> value) => _meter.CreateObservableGauge(name, value, unit, description);

    /// <summary>Adds a counter whose value is read when it is asked for.</summary>
    public void ObserveCounter(string name, string unit, string description, Func<double> value) => _meter.CreateObservableCounter(name, value, unit, description);

    /// <summary>Whether an instrument is one of these. Another service of the same process has instruments of the same names.</summary>
    public bool Has(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void Add(string task, string outcome, int count) =>
        _entries.Add(count, new KeyValuePair<string, object?>("skillmeat.background.task", task), new KeyValuePair<string, object?>("skillmeat.background.outcome", outcome));
}
