using SkillMeat.Errors;

namespace SkillMeat.Upstream.Http;

/// <summary>Reads complete answers into memory within a limit.</summary>
internal static class WholeBody
{
    /// <param name="body">The body of the answer, decompressed.</param>
    /// <param name="what">The name of the request for errors.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="UpstreamException">The answer is too large.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream body, string what, UpstreamLimits limits, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (whole.Length + read > limits.AnswerBytes) throw UpstreamLimits.Exceeded(what, FormattableString.Invariant($"{limits.AnswerBytes} bytes"), "answer-bytes");
            whole.Write(buffer, 0, read);
        }

        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}
