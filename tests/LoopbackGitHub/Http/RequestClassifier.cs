using System.Text;

namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Determines the kind of a request from its address.</summary>
internal static class RequestClassifier
{
    public static RequestKind KindOf(IReadOnlyList<string> segments) => segments switch
    {
        ["api", "graphql"] or ["graphql"] => RequestKind.GraphQl,
        ["api", "v3", ..] => RequestKind.Rest,
        ["codeload", ..] or [_, _, "archive", ..] => RequestKind.Archive,
        ["raw-host", ..] or [_, _, "raw", ..] => RequestKind.Raw,
        ["lfs-host", ..] or [_, _, "info", "lfs", ..] => RequestKind.Lfs,
        [_, _, "info", "refs"] => RequestKind.Refs,
        [_, _, "git-upload-pack"] => RequestKind.UploadPack,
        _ => RequestKind.Other,
    };

    /// <summary>The command of a protocol version 2 request.</summary>
    public static string? CommandOf(RequestKind kind, ReadOnlySpan<byte> body)
    {
        const string start = "command=";
        const int lengthDigits = 4;
        if (kind != RequestKind.UploadPack || body.Length < lengthDigits + start.Length)
        {
            return null;
        }

        var text = Encoding.ASCII.GetString(body[lengthDigits..Math.Min(body.Length, 40)]);
        return text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..].Split('\n', '0')[0] : null;
    }
}
