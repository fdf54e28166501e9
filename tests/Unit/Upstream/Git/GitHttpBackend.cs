using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SkillMeat.Tests.Upstream.Git;

/// <summary>The repositories of a folder on a loopback port, served by the real <c>git http-backend</c>.</summary>
internal sealed class GitHttpBackend : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly string _root;

    private GitHttpBackend(string root)
    {
        _root = root;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>The requests so far, such as <c>GET /repo/info/refs</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The connections that they came over.</summary>
    public ConcurrentDictionary<string, bool> Connections { get; } = new();

    /// <summary>Whether the requested protocol version is passed on to git; otherwise git uses version 0.</summary>
    public bool PassesProtocol { get; init; } = true;

    /// <summary>The protocol version that git uses for all requests; null to let the client choose.</summary>
    public string? ForcedProtocol { get; set; }

    /// <summary>Changes answers before they are sent.</summary>
    public Func<HttpRequest, GitHttpReply, GitHttpReply> Alter { get; set; } = (_, reply) => reply;

    public static async Task<GitHttpBackend> StartAsync(string root, bool passesProtocol = true)
    {
        var backend = new GitHttpBackend(root) { PassesProtocol = passesProtocol };
        await backend._application.StartAsync();
        return backend;
    }

    public Uri UriOf(string repository) => new($"{_application.Urls.First()}/{repository}");

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        Connections[context.Connection.Id] = true;
        var reply = Alter(context.Request, await RunBackendAsync(context.Request));
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.Type;
        context.Response.ContentLength = reply.Body.Length;
        if (reply.Location is { } location) context.Response.Headers.Location = location;
        await context.Response.Body.WriteAsync(reply.Body.AsMemory(0, reply.BreakAfter ?? reply.Body.Length));
        await context.Response.Body.FlushAsync();
        if (reply.BreakAfter is not null) context.Abort();
    }

    private async Task<GitHttpReply> RunBackendAsync(HttpRequest request)
    {
        var start = GitSandbox.StartInfo(_root, ["http-backend"]);
        start.Environment["GIT_PROJECT_ROOT"] = _root;
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["PATH_INFO"] = request.Path.Value;
        start.Environment["QUERY_STRING"] = request.QueryString.Value?.TrimStart('?');
        start.Environment["REQUEST_METHOD"] = request.Method;
        start.Environment["CONTENT_TYPE"] = request.ContentType;
        if (PassesProtocol && request.Headers["Git-Protocol"] is [{ } protocol]) start.Environment["GIT_PROTOCOL"] = protocol;
        if (ForcedProtocol is { } forced) start.Environment["GIT_PROTOCOL"] = forced;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        var copied = process.StandardOutput.BaseStream.CopyToAsync(output);
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        await SendAsync(process, body.ToArray());
        await copied;
        await errors;
        await process.WaitForExitAsync();
        return Parse(output.ToArray());
    }

    // git may have refused and ended before it read everything.
    private static async Task SendAsync(Process process, byte[] body)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(body);
            process.StandardInput.Close();
        }
        catch (IOException e)
        {
            Debug.WriteLine(e.Message);
        }
    }

    private static GitHttpReply Parse(byte[] output)
    {
        var end = output.AsSpan().IndexOf("\r\n\r\n"u8);
        var (status, type) = (200, "");
        foreach (var line in Encoding.UTF8.GetString(output, 0, end).Split("\r\n"))
        {
            if (line.StartsWith("Status: ", StringComparison.Ordinal)) status = int.Parse(line.AsSpan(8, 3), CultureInfo.InvariantCulture);
            if (line.StartsWith("Content-Type: ", StringComparison.Ordinal)) type = line["Content-Type: ".Length..];
        }

        return new GitHttpReply(status, type, output[(end + 4)..]);
    }
}
