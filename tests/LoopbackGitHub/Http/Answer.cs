using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>What a request is answered with, as a value: so that it can be logged, halved or thrown away before a byte is sent.</summary>
/// <param name="Status">The HTTP status.</param>
internal sealed record Answer(int Status)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Writes a body too large to be held; <see cref="Body"/> is empty then.</summary>
    public Func<Stream, CancellationToken, Task>? Stream { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the answer may be compressed, as GitHub does with its API's.</summary>
    public bool Compressible { get; init; }

    /// <summary>How long the server works on it before it sends anything, by its clock.</summary>
    public TimeSpan Delay { get; init; }

    public static Answer Json(int status, object content) => JsonBytes(status, JsonSerializer.SerializeToUtf8Bytes(content, Relaxed));

    public static Answer JsonBytes(int status, ReadOnlyMemory<byte> json) =>
        new(status) { ContentType = "application/json; charset=utf-8", Body = json, Compressible = true };

    /// <summary>An error as the REST API words it.</summary>
    public static Answer Error(int status, string message) =>
        Json(status, new { message, documentation_url = "https://docs.github.com/rest", status = status.ToString(CultureInfo.InvariantCulture) });

    public static Answer Text(int status, string text, string contentType = "text/plain; charset=utf-8") =>
        new(status) { ContentType = contentType, Body = Encoding.UTF8.GetBytes(text) };

    public static Answer Redirect(int status, string location) => new Answer(status).With("Location", location);

    public Answer With(string name, string value) => this with { Headers = [.. Headers, new(name, value)] };

    public Answer With(IEnumerable<KeyValuePair<string, string>> headers) => this with { Headers = [.. Headers, .. headers] };
}
