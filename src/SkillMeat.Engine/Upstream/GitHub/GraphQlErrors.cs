using System.Text.Json;
using SkillMeat.Errors;

namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// The <c>errors</c> of a GraphQL answer. A field that is null because of an error is unknown; only one that is null without an error is not there.
/// </summary>
internal sealed class GraphQlErrors
{
    private readonly Dictionary<string, (string Type, string Message)> _byPath = new(StringComparer.Ordinal);

    public GraphQlErrors(JsonElement answer)
    {
        if (!answer.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var error in errors.EnumerateArray())
        {
            var type = Text(error, "type") ?? "";
            var message = Text(error, "message") ?? "no message";
            var path = error.TryGetProperty("path", out var parts) && parts.ValueKind == JsonValueKind.Array
                ? string.Join('/', parts.EnumerateArray().Take(2).Select(p => p.ToString()))
                : "";
            _byPath.TryAdd(path, (type.Length > 0 ? type : Text(error, "code") ?? "", message));
        }
    }

    /// <summary>Whether a rate limit is used up.</summary>
    public bool IsRateLimited => _byPath.Values.Any(e => e.Type is "RATE_LIMITED" or "RATE_LIMIT" or "graphql_rate_limit");

    /// <summary>Whether the query asked for more than GitHub gives at once; a smaller one can succeed.</summary>
    public bool IsTooMuch => _byPath.Values.Any(e => e.Type is "RESOURCE_LIMITS_EXCEEDED" or "MAX_NODE_LIMIT_EXCEEDED" or "EXCESSIVE_PAGINATION"
        // A type-less error is GitHub's own trouble; messages of other errors quote names, which may hold anything.
        || (e.Type.Length == 0 && e.Message.Contains("timeout", StringComparison.OrdinalIgnoreCase)));

    /// <summary>An error that concerns the query as a whole; null when there is none.</summary>
    public string? Whole => _byPath.TryGetValue("", out var error) ? $"{error.Type} {error.Message}".Trim() : null;

    /// <summary>The error because of which a repository is null.</summary>
    public UpstreamException DescribeRepository(string alias, RepositoryAddress repository)
    {
        if (!_byPath.TryGetValue(alias, out var error))
        {
            return new UpstreamException(ErrorIds.UpstreamUnavailable, $"{repository}: GitHub did not answer for this repository{(Whole is { } whole ? $" ({Clean(whole)})" : "")}.");
        }

        return error.Type switch
        {
            "NOT_FOUND" => new UpstreamException(ErrorIds.UpstreamNotFound, $"{repository}: there is no such repository, or the token may not see it."),
            "FORBIDDEN" => new UpstreamException(ErrorIds.UpstreamForbidden, $"{repository}: access refused ({Clean(error.Message)})."),
            _ => new UpstreamException(ErrorIds.UpstreamUnavailable, $"{repository}: {Clean(error.Message)}."),
        };
    }

    /// <summary>Throws when a field is null because of an error and not because nothing is there.</summary>
    public void ThrowIfUnknown(string alias, string field, RepositoryAddress repository)
    {
        if (DescribeField(alias, field, repository) is { } error)
        {
            throw error;
        }
    }

    /// <summary>The error because of which a field is null; null when there is none.</summary>
    public UpstreamException? DescribeField(string alias, string field, RepositoryAddress repository) =>
        _byPath.TryGetValue($"{alias}/{field}", out var error)
            ? new UpstreamException(ErrorIds.UpstreamUnavailable, $"{repository}: {Clean(error.Message)}.")
            : null;

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Clean(string message)
    {
        var line = new string(message.Where(c => !char.IsControl(c)).Take(200).ToArray());
        return line.TrimEnd('.');
    }
}
