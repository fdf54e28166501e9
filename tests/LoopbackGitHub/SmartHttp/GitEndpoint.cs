using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>git's smart HTTP. Frequent requests are answered from memory, packs come from the real git.</summary>
internal sealed class GitEndpoint(LoopbackGitHubOptions options, HttpBackend backend)
{
    private static readonly KeyValuePair<string, string>[] NoCache =
    [
        new("Expires", "Fri, 01 Jan 1980 00:00:00 GMT"),
        new("Pragma", "no-cache"),
        new("Cache-Control", "no-cache, max-age=0, must-revalidate"),
    ];

    /// <summary>The address <c>info/refs</c>.</summary>
    public async Task<Answer> AdvertiseAsync(HostedRepository repository, LoopbackRequest request, CancellationToken cancellationToken)
    {
        if (request.Parameter("service") != "git-upload-pack")
        {
            return Answer.Text(StatusCodes.Status403Forbidden, GitRefusals.UpgradeText);
        }

        var protocol = ProtocolOf(request);
        if (protocol is not (null or "" or "version=0" or "version=2"))
        {
            return await backend.AskAsync(repository, request, "info/refs", protocol, cancellationToken);
        }

        var version = protocol == "version=2" ? 2 : 0;
        var advertisement = await OwnThread.RunAsync(() => repository.Advertisement(version));
        return new Answer(StatusCodes.Status200OK)
        {
            ContentType = "application/x-git-upload-pack-advertisement",
            Headers = NoCache,
            Body = version == 2 && !options.AnnounceService ? advertisement : Announce(advertisement),
        };
    }

    /// <summary>The address <c>git-upload-pack</c>.</summary>
    public async Task<Answer> UploadAsync(HostedRepository repository, LoopbackRequest request, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsPost(request.Method) || request.Header("Content-Type") != "application/x-git-upload-pack-request")
        {
            return Answer.Text(StatusCodes.Status415UnsupportedMediaType, "Unsupported Media Type\n");
        }

        var protocol = ProtocolOf(request);
        if (protocol == "version=2" && LsRefsCommand.TryParse(request.Body) is { } command)
        {
            return new Answer(StatusCodes.Status200OK)
            {
                ContentType = "application/x-git-upload-pack-result",
                Headers = NoCache,
                Body = await OwnThread.RunAsync(() => command.Answer(repository.Refs())),
            };
        }

        return await backend.AskAsync(repository, request, "git-upload-pack", protocol, cancellationToken);
    }

    private static byte[] Announce(byte[] advertisement)
    {
        var output = new ArrayBufferWriter<byte>(advertisement.Length + 64);
        PktLines.Write(output, "# service=git-upload-pack\n");
        output.Write(PktLines.FlushLine);
        output.Write(advertisement);
        return output.WrittenSpan.ToArray();
    }

    private string? ProtocolOf(LoopbackRequest request) => options.ProtocolV2 ? request.Header("Git-Protocol") : null;
}
