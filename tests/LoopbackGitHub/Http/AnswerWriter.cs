using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Sends an answer; the log is complete before the end of the answer is sent.</summary>
internal sealed class AnswerWriter(RequestLog log, TimeProvider time)
{
    private const int SmallestCompressed = 1024;

    /// <summary>Compresses the answers that GitHub compresses, if the client accepts it.</summary>
    public static Answer Compress(Answer answer, LoopbackRequest request)
    {
        if (!answer.Compressible || answer.Body.Length < SmallestCompressed || !request.Header("Accept-Encoding").Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            return answer;
        }

        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(answer.Body.Span);
        }

        return (answer with { Body = compressed.ToArray() }).With("Content-Encoding", "gzip").With("Vary", "Accept-Encoding");
    }

    /// <summary>Sends the whole answer.</summary>
    public async Task WriteAsync(HttpContext context, Answer answer, PendingRecord pending)
    {
        Start(context, answer, pending);
        if (answer.Stream is null)
        {
            await SendAsync(context, answer, answer.Body, pending);
            return;
        }

        var counting = new CountingStream(context.Response.Body);
        try
        {
            await answer.Stream(counting, context.RequestAborted);
        }
        finally
        {
            pending.Change(record => record with { Bytes = counting.Written });
            log.End(pending);
        }
    }

    /// <summary>Announces the whole answer and sends the first half; the server then closes the connection.</summary>
    public async Task WriteHalfAsync(HttpContext context, Answer answer, PendingRecord pending)
    {
        if (answer.Stream is not null)
        {
            using var whole = new MemoryStream();
            await answer.Stream(whole, context.RequestAborted);
            answer = answer with { Stream = null, Body = whole.ToArray() };
        }

        if (answer.Body.IsEmpty)
        {
            // Half of an empty body would be the whole body.
            log.End(pending);
            FaultInjector.Reset(context);
            return;
        }

        Start(context, answer, pending);
        await SendAsync(context, answer, answer.Body[..(answer.Body.Length / 2)], pending);
    }

    private void Start(HttpContext context, Answer answer, PendingRecord pending)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.Append(name, value);
        }

        response.Headers["Server"] = "github.com";
        response.Headers["X-GitHub-Request-Id"] = context.Connection.Id + ":" + pending.Record.Number;
        // Clients correct a wrong clock by this header, so it uses the same clock as the limits.
        response.Headers.Date = time.GetUtcNow().ToString("R");
        if (answer.ContentType is not null)
        {
            response.ContentType = answer.ContentType;
        }

        pending.Change(record => record with { Status = answer.Status, Elapsed = time.GetUtcNow() - record.Time });
    }

    private async Task SendAsync(HttpContext context, Answer answer, ReadOnlyMemory<byte> part, PendingRecord pending)
    {
        if (answer.Status != StatusCodes.Status304NotModified)
        {
            context.Response.ContentLength = answer.Body.Length;
        }

        var sent = HttpMethods.IsHead(context.Request.Method) ? default : part;
        pending.Change(record => record with { Bytes = sent.Length });
        log.End(pending);
        if (!sent.IsEmpty)
        {
            await context.Response.Body.WriteAsync(sent, context.RequestAborted);
        }
    }
}
