using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace SkillMeat.Server.Metrics;

/// <summary>Collects the instruments of the service, and writes them as Prometheus reads them (text format 0.0.4).</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PrometheusText : IDisposable
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private const int MostSeries = 2000;

    private static readonly double[] _bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

    private readonly object _gate = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Name, string Labels), Series> _series = [];

    public PrometheusText(ServiceMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (metrics.Has(instrument)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>(Record);
        _listener.Start();
    }

    /// <summary>Writes all values.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (_gate)
        {
            foreach (var group in _series.GroupBy(one => one.Key.Name))
            {
                var instrument = _instruments[group.Key];
                var isHistogram = instrument is Histogram<double>;
                text.Append(CultureInfo.InvariantCulture, $"# HELP {group.Key} {instrument.Description}\n# TYPE {group.Key} {(isHistogram ? "histogram" : IsCounter(instrument) ? "counter" : "gauge")}\n");
                foreach (var ((name, labels), series) in group)
                {
                    if (isHistogram) WriteHistogram(text, name, labels, series);
                    else text.Append(CultureInfo.InvariantCulture, $"{name}{Braces(labels)} {series.Sum}\n");
                }
            }
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void WriteHistogram(StringBuilder text, string name, string labels, Series series)
    {
        var comma = labels.Length > 0 ? "," : "";
        var below = 0L;
        for (var i = 0; i < _bounds.Length; i++)
        {
            below += series.Buckets[i];
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{comma}le=\"{_bounds[i]}\"}} {below}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{comma}le=\"+Inf\"}} {series.Count}\n{name}_sum{Braces(labels)} {series.Sum}\n{name}_count{Braces(labels)} {series.Count}\n");
    }

    private static string Braces(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var name = NameOf(instrument);
        var labels = new StringBuilder();
        foreach (var (key, tag) in tags) labels.Append(labels.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{key.Replace('.', '_')}=\"{Escape(Convert.ToString(tag, CultureInfo.InvariantCulture) ?? "")}\"");
        lock (_gate)
        {
            _instruments[name] = instrument;
            var key = (name, labels.ToString());
            if (!_series.TryGetValue(key, out var series))
            {
                if (_series.Count >= MostSeries) return;
                _series[key] = series = new Series();
            }

            if (instrument is Histogram<double>) series.Add(value);
            else if (instrument is Counter<double>) series.Sum += value;
            else series.Sum = value;
        }
    }

    private static string NameOf(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return $"{instrument.Name.Replace('.', '_')}{unit}{(IsCounter(instrument) ? "_total" : "")}";
    }

    private static bool IsCounter(Instrument instrument) => instrument is ObservableCounter<double> or Counter<double>;

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private sealed class Series
    {
        public long[] Buckets { get; } = new long[_bounds.Length];

        public long Count { get; private set; }

        public double Sum { get; set; }

        public void Add(double value)
        {
            Count++;
            Sum += value;
            var index = Array.FindIndex(_bounds, bound => value <= bound);
            if (index >= 0) Buckets[index]++;
        }
    }
}
