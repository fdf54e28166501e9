using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A bridge to the real <c>git http-backend</c> by the Common Gateway Interface (RFC 3875).</summary>
internal sealed class HttpBackend(string systemConfig)
{
    /// <summary>Starts git for a request; the body of its answer is passed on while git writes it.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="request">The request.</param>
    /// <param name="service">The last part of the address: <c>info/refs</c> or <c>git-upload-pack</c>.</param>
    /// <param name="protocol">The value of <c>Git-Protocol</c>; null to hide it from git.</param>
    /// <param name="cancellationToken">Ends git.</param>
    public async Task<Answer> AskAsync(
        HostedRepository repository, LoopbackRequest request, string service, string? protocol, CancellationToken cancellationToken)
    {
        var process = Process.Start(Prepare(repository, request, service, protocol)) ?? throw new GitFailedException("git http-backend could not be started.");
        var writing = TrySendAsync(process, request.Body, cancellationToken);
        try
        {
            var output = new BufferedStream(process.StandardOutput.BaseStream, 1 << 16);
            var (status, contentType, headers) = await ReadHeadersAsync(output, process, cancellationToken);
            return new Answer(status)
            {
                ContentType = contentType,
                Headers = headers,
                Stream = (target, token) => CopyAsync(process, writing, output, target, token),
            };
        }
        catch
        {
            End(process);
            throw;
        }
    }

    // False if git refused before it had read everything; its answer has the reason, and goes to the client.
    private static async Task<bool> TrySendAsync(Process process, byte[] body, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(body, cancellationToken);
            process.StandardInput.Close();
            return true;
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task CopyAsync(Process process, Task writing, Stream output, Stream target, CancellationToken cancellationToken)
    {
        try
        {
            await output.CopyToAsync(target, cancellationToken);
            await writing;
        }
        finally
        {
            End(process);
        }
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private static async Task<(int Status, string? ContentType, List<KeyValuePair<string, string>> Headers)> ReadHeadersAsync(
        Stream output, Process process, CancellationToken cancellationToken)
    {
        var status = 200;
        string? contentType = null;
        var headers = new List<KeyValuePair<string, string>>();
        while (await ReadLineAsync(output, process, cancellationToken) is { Length: > 0 } line)
        {
            var (name, value) = line.Split(':', 2, StringSplitOptions.TrimEntries) is [var first, var rest] ? (first, rest) : (line, "");
            switch (name)
            {
                case "Status":
                    status = int.Parse(value.Split(' ')[0], CultureInfo.InvariantCulture);
                    break;
                case "Content-Type":
                    contentType = value;
                    break;
                case "Content-Length":
                    break;
                default:
                    headers.Add(new(name, value));
                    break;
            }
        }

        return (status, contentType, headers);
    }

    private static async Task<string> ReadLineAsync(Stream output, Process process, CancellationToken cancellationToken)
    {
        var line = new List<byte>(80);
        var one = new byte[1];
        while (true)
        {
            if (await output.ReadAsync(one, cancellationToken) == 0)
            {
                throw new GitFailedException("git http-backend ended: " + await process.StandardError.ReadToEndAsync(cancellationToken));
            }

            if (one[0] == '\n')
            {
                return Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }
    }

    private ProcessStartInfo Prepare(HostedRepository repository, LoopbackRequest request, string service, string? protocol)
    {
        var start = GitProcess.Prepare(repository.GitDirectory, ["http-backend"], systemConfig);
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["PATH_TRANSLATED"] = repository.GitDirectory.Replace('\\', '/') + "/" + service;
        start.Environment["REQUEST_METHOD"] = request.Method;
        start.Environment["QUERY_STRING"] = request.Query.TrimStart('?');
        start.Environment["CONTENT_TYPE"] = request.Header("Content-Type");
        start.Environment["CONTENT_LENGTH"] = request.Body.Length.ToString(CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(protocol))
        {
            start.Environment["GIT_PROTOCOL"] = protocol;
        }

        return start;
    }
}
