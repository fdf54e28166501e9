using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The answers of github.com instead of git's: to clients that are not git, for paths without a repository, and to clients without credentials.</summary>
internal static class GitRefusals
{
    /// <summary>The refusal of clients that do not use smart HTTP, or do not identify themselves as git.</summary>
    public const string UpgradeText = "Please upgrade your git client.\nGitHub.com no longer supports git over dumb-http.\n";

    private const string EdgeMessage = "GitHub is temporarily limiting some unauthenticated downloads";

    /// <summary>Returns the answer to a request that github.com does not pass on to git; null if it does.</summary>
    public static Answer? OfClient(LoopbackRequest request, string repository, bool isUpload) =>
        !request.Header("User-Agent").StartsWith("git/", StringComparison.Ordinal) ? Answer.Text(StatusCodes.Status403Forbidden, UpgradeText)
        : isUpload && !repository.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? Answer.Text(StatusCodes.Status422UnprocessableEntity, "Unprocessable Entity\n")
        : null;

    /// <summary>Returns the answer to an upload without credentials; null if the mood allows it.</summary>
    public static Answer? OfMood(GitMood mood, LoopbackRequest request) => request.Credential != Credential.None ? null : mood switch
    {
        GitMood.Refuse401 => Answer.Text(StatusCodes.Status401Unauthorized, EdgeMessage + "\n")
            .With("x-github-edge-message", EdgeMessage)
            .With("WWW-Authenticate", "Basic realm=\"GitHub\""),
        GitMood.ErrLine => ErrLine(),
        GitMood.TooManyRequestsInWords => Answer.Text(StatusCodes.Status429TooManyRequests, "This request was rate-limited due to too many requests"),
        _ => null,
    };

    private static Answer ErrLine()
    {
        var output = new ArrayBufferWriter<byte>();
        PktLines.Write(output, "ERR " + EdgeMessage);
        return new Answer(StatusCodes.Status200OK) { ContentType = "application/x-git-upload-pack-result", Body = output.WrittenSpan.ToArray() }
            .With("x-github-edge-message", EdgeMessage);
    }
}
