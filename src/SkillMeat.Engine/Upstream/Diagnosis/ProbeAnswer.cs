using System.Net;
using SkillMeat.Errors;

namespace SkillMeat.Upstream.Diagnosis;

/// <summary>The outcome of a request to a host.</summary>
/// <param name="Elapsed">The time until the first byte.</param>
/// <param name="Status">The status code; null if there was no answer.</param>
/// <param name="Date">The time on the host's clock; null if the answer does not contain it.</param>
/// <param name="Text">The beginning of the body.</param>
/// <param name="Error">The reason that there was no answer; null if there was one.</param>
internal sealed record ProbeAnswer(TimeSpan Elapsed, HttpStatusCode? Status, DateTimeOffset? Date, string Text, UpstreamException? Error)
{
    public bool IsOk => Status is { } status && (int)status is >= 200 and < 300;

    /// <summary>The status code for messages.</summary>
    public string Code => Status is { } status ? $"{(int)status}" : "no answer";
}
