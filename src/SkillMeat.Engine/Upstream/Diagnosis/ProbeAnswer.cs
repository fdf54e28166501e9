using System.Net;
using SkillMeat.Errors;

namespace SkillMeat.Upstream.Diagnosis;

/// <summary>The outcome of asking a host once.</summary>
/// <param name="Elapsed">How long the first byte took.</param>
/// <param name="Status">What it answered; null when there was no answer.</param>
/// <param name="Date">The host's clock; null when it does not say.</param>
/// <param name="Text">The beginning of the answer.</param>
/// <param name="Error">Why there was no answer.</param>
internal sealed record ProbeAnswer(TimeSpan Elapsed, HttpStatusCode? Status, DateTimeOffset? Date, string Text, UpstreamException? Error)
{
    public bool IsOk => Status is { } status && (int)status is >= 200 and < 300;

    /// <summary>The status as messages show it.</summary>
    public string Code => Status is { } status ? $"{(int)status}" : "no answer";
}
