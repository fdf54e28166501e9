using System.Text.Json;
using SkillMeat.Errors;

namespace SkillMeat.Upstream.Http;

/// <summary>Reads complete JSON answers within limits, because the host may be untrusted. A kilobyte of gzip can be a megabyte of JSON, and that ten of memory.</summary>
internal static class WholeJson
{
    /// <param name="body">The body of the answer, decompressed.</param>
    /// <param name="what">The name of the request for errors.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="UpstreamException">The answer is too large.</exception>
    /// <exception cref="JsonException">The answer is not valid JSON.</exception>
    public static async Task<JsonDocument> ReadAsync(Stream body, string what, UpstreamLimits limits, CancellationToken cancellationToken)
    {
        var whole = await WholeBody.ReadAsync(body, what, limits, cancellationToken).ConfigureAwait(false);
        Count(whole.Span, what, limits.AnswerValues);
        return JsonDocument.Parse(whole);
    }

    // A document takes twelve bytes for every name and value.
    private static void Count(ReadOnlySpan<byte> text, string what, int most)
    {
        var json = new Utf8JsonReader(text);
        for (var count = 0; json.Read(); count++)
        {
            if (count == most) throw UpstreamLimits.Exceeded(what, FormattableString.Invariant($"{most} names and values"), "answer-values");
        }
    }
}
