using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SkillMeat.Server.Events;

/// <summary>Writes server-sent events.</summary>
internal sealed class EventStream
{
    private readonly HttpContext _context;

    private EventStream(HttpContext context)
    {
        _context = context;
    }

    /// <summary>Begins the answer.</summary>
    public static async Task<EventStream> BeginAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var stream = new EventStream(context);
        // Something must be sent, so that the client knows at once that it is connected.
        await stream.WriteAsync(": connected\n\n"u8.ToArray());
        return stream;
    }

    /// <summary>Writes an event.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="json">Its data, on one line.</param>
    public Task WriteAsync(string name, string json) => WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\ndata: {json}\n\n"));

    private async Task WriteAsync(byte[] bytes)
    {
        await _context.Response.Body.WriteAsync(bytes, _context.RequestAborted);
        await _context.Response.Body.FlushAsync(_context.RequestAborted);
    }
}
