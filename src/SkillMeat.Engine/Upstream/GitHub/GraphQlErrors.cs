using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// The <c>errors</c> of a GraphQL answer. A field that is null because of an error is unknown; only one that is null without an error does not exist.
/// </summary>
internal sealed class GraphQlErrors
{
    private readonly List<Entry> _all = [];
    private readonly Dictionary<string, Entry> _byPath = new(StringComparer.Ordinal);
    private readonly Func<string, string> _scrub;
    private readonly Uri? _authorizeAt;
    private readonly string? _message;

    /// <summary>Reads the errors of an answer.</summary>
    /// <param name="answer">The whole answer.</param>
    /// <param name="authorizeAt">The address for authorizing the token, if the head of the answer contains one.</param>
    /// <param name="scrub">Removes the token from messages of GitHub.</param>
    public GraphQlErrors(JsonElement answer, Uri? authorizeAt, Func<string, string> scrub)
    {
        _authorizeAt = authorizeAt;
        _scrub = scrub;
        _message = Text(answer, "message");
        if (!answer.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var error in errors.EnumerateArray())
        {
            var path = error.TryGetProperty("path", out var parts) && parts.ValueKind == JsonValueKind.Array
                ? string.Join('/', parts.EnumerateArray().Take(2).Select(p => p.ToString()))
                : "";
            var type = Text(error, "type") is { Length: > 0 } named ? named : Text(error, "code") ?? "";
            var entry = new Entry(path, type, Text(error, "message") ?? "no message", IsSaml(error));
            _all.Add(entry);
            _byPath.TryAdd(path, entry);
        }
    }

    /// <summary>
    /// Whether the rate limit is exhausted. The secondary limit also comes with status 200, with any type or none, or as a bare message. Errors with
    /// a path are ignored, because they quote names that may contain any text.
    /// </summary>
    public bool IsRateLimited =>
        SpeaksOfLimit(_message) || _all.Exists(e => e.Type is "RATE_LIMITED" or "RATE_LIMIT" or "graphql_rate_limit" || (e.Path.Length == 0 && SpeaksOfLimit(e.Message)));

    /// <summary>Whether <see cref="IsRateLimited"/> refers to the secondary limit.</summary>
    public bool IsSecondaryLimit => RateLimit.SpeaksOfSecondary(_message) || _all.Exists(e => e.Path.Length == 0 && RateLimit.SpeaksOfSecondary(e.Message));

    /// <summary>Whether the query was too large; a smaller one may succeed.</summary>
    public bool IsTooMuch => _all.Exists(e => e.Type is "RESOURCE_LIMITS_EXCEEDED" or "MAX_NODE_LIMIT_EXCEEDED" or "EXCESSIVE_PAGINATION"
        // Errors without a type are internal errors of GitHub; other messages quote names that may contain any text.
        || (e.Type.Length == 0 && e.Message.Contains("timeout", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The error of the whole query; null if there is none.</summary>
    public string? Whole => _byPath.TryGetValue("", out var error) ? Clean($"{error.Type} {error.Message}".Trim()) : _message is null ? null : Clean(_message);

    /// <summary>The reason that GitHub refuses the token for the whole query; null if it does not.</summary>
    public TokenRefusal? WholeRefusal => RefusalOf(_all.Find(e => e.Path.Length == 0 && (e.IsSaml || e.Type == "FORBIDDEN")), _authorizeAt);

    /// <summary>
    /// Returns the reason that GitHub refuses the token for a repository, or null if it does not. A refused field counts for the whole repository.
    /// </summary>
    public TokenRefusal? FindRefusal(string alias, RepositoryAddress repository) => RefusalOf(
        _all.Find(e => (e.Path == alias || e.Path.StartsWith(alias + "/", StringComparison.Ordinal)) && (e.IsSaml || e.Type == "FORBIDDEN")),
        _authorizeAt is { } address && SingleSignOn.IsFor(address, repository.Owner!) ? address : null);

    /// <summary>Returns the error that made a repository null.</summary>
    public UpstreamException DescribeRepository(string alias, RepositoryAddress repository)
    {
        if (FindRefusal(alias, repository) is { } refusal)
        {
            return new UpstreamException(ErrorIds.UpstreamForbidden, $"{repository}: access refused ({refusal}).");
        }

        if (!_byPath.TryGetValue(alias, out var error))
        {
            return new UpstreamException(ErrorIds.UpstreamUnavailable, $"{repository}: GitHub did not answer for this repository{(Whole is { } whole ? $" ({whole})" : "")}.");
        }

        return error.Type == "NOT_FOUND"
            ? new UpstreamException(ErrorIds.UpstreamNotFound, $"{repository}: the repository does not exist, or the token has no access to it.")
            : new UpstreamException(ErrorIds.UpstreamUnavailable, $"{repository}: {Clean(error.Message)}.");
    }

    /// <summary>Returns the error that made a field null, or null if there is none.</summary>
    public UpstreamException? DescribeField(string alias, string field, RepositoryAddress repository) =>
        _byPath.TryGetValue($"{alias}/{field}", out var error)
            ? new UpstreamException(ErrorIds.UpstreamUnavailable, $"{repository}: {Clean(error.Message)}.")
            : null;

    private TokenRefusal? RefusalOf(Entry? error, Uri? authorizeAt) => error is null
        ? null
        : new TokenRefusal(Clean(error.Message), authorizeAt, error.IsSaml || TokenRefusal.IsRuleOfOwner(error.Message));

    private static bool SpeaksOfLimit(string? message) => message is not null && message.Contains("rate limit", StringComparison.OrdinalIgnoreCase);

    private static bool IsSaml(JsonElement error) =>
        error.TryGetProperty("extensions", out var extensions) && extensions.ValueKind == JsonValueKind.Object
        && extensions.TryGetProperty("saml_failure", out var failure) && failure.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private string Clean(string message)
    {
        var line = new string(_scrub(message).Where(c => !char.IsControl(c)).Take(300).ToArray());
        return line.TrimEnd('.');
    }

    private sealed record Entry(string Path, string Type, string Message, bool IsSaml);
}
