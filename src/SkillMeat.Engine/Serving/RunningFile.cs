using System.Globalization;
using System.Text;
using System.Text.Json;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Serving;

/// <summary>The form of the file that a server keeps in its home as long as it runs.</summary>
internal static class RunningFile
{
    private const string Suffix = ".running.json";

    /// <summary>The pattern of the names.</summary>
    public const string Pattern = $"*{Suffix}";

    public static string NameOf(int process) => string.Create(CultureInfo.InvariantCulture, $"{process}{Suffix}");

    public static string Format(Uri url, DateTimeOffset startedAt, string version, RunningProcess process)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("url", url.AbsoluteUri);
            json.WriteNumber("process_id", process.Id);
            json.WriteString("started_at", startedAt.UtcDateTime);
            json.WriteString("version", version);
            json.WriteString("machine", process.Machine);
            json.WriteString("boot", process.Boot);
            if (process.Started is { } started) json.WriteNumber("process_start", started);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Reads a server. Null if the text is not such a file.</summary>
    public static RunningServer? TryParse(string text, string home)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (!Uri.TryCreate(root.GetProperty("url").GetString(), UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)) return null;
            var process = new RunningProcess(
                root.GetProperty("process_id").GetInt32(),
                TextOf(root, "machine") ?? Environment.MachineName,
                TextOf(root, "boot"),
                root.TryGetProperty("process_start", out var start) ? start.GetInt64() : null);
            return new RunningServer(process) { Url = url, Home = home, StartedAt = root.GetProperty("started_at").GetDateTimeOffset().ToUniversalTime(), Version = TextOf(root, "version") };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
}
