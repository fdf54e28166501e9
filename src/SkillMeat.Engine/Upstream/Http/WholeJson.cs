using System.Globalization;
using System.Text.Json;
using SkillMeat.Errors;

namespace SkillMeat.Upstream.Http;

/// <summary>Reads complete JSON answers with a size limit, because the host may be untrusted.</summary>
internal static class WholeJson
{
    private const int MostBytes = 64 * 1024 * 1024;

    /// <param name="body">The body of the answer.</param>
    /// <param name="what">The name of the request for errors.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="UpstreamException">The answer is too large.</exception>
    /// <exception cref="JsonException">The answer is not valid JSON.</exception>
    public static async Task<JsonDocument> ReadAsync(Stream body, string what, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (whole.Length + read > MostBytes)
            {
                throw new UpstreamException(ErrorIds.UpstreamUnavailable, string.Create(CultureInfo.InvariantCulture, $"{what}: the answer is larger than {MostBytes >> 20} MiB."));
            }

            whole.Write(buffer, 0, read);
        }

        return JsonDocument.Parse(whole.GetBuffer().AsMemory(0, (int)whole.Length));
    }
}
