using System.Text.Json.Serialization;

namespace SkillMeat.Server.Json;

/// <summary>An error of the service (RFC 9457).</summary>
internal sealed record ProblemJson(string Type, string Title, int Status, string Detail, string? Instance, string Code)
{
    /// <summary>The existing name that was probably meant.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Nearest { get; init; }

    /// <summary>The files in conflict.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FileConflictJson>? Conflicts { get; init; }

    /// <summary>The time from which a retry can succeed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? RetryAt { get; init; }
}
