using System.Text;
using SkillMeat.Updates;

namespace SkillMeat.Server.Json;

/// <summary>A file in conflict: the text as it was fetched, the local one, upstream's, and the merge with both sides' lines between markers. A side that is not text, or not there, is null.</summary>
internal sealed record ConflictTextsJson(string Path, string? Base, string? Ours, string? Theirs, string? Merged, bool IsText, string State, IReadOnlyList<FileConflictJson> Conflicts)
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ConflictTextsJson Of(ConflictTexts one)
    {
        var sides = new[] { one.Base, one.Local, one.Upstream };
        var isText = Array.TrueForAll(sides, side => side is null || TextOf(side) is not null);
        var (before, ours, theirs) = (TextOf(one.Base), TextOf(one.Local), TextOf(one.Upstream));
        return new ConflictTextsJson(one.Conflict.Path, before, ours, theirs, isText ? TextOf(one.Merged) ?? ours ?? theirs : null, isText, one.State, [FileConflictJson.Of(one.Conflict)]);
    }

    // A text must come back byte for byte.
    private static string? TextOf(ReadOnlyMemory<byte>? content)
    {
        if (content is not { } bytes || bytes.Span.Contains((byte)0)) return null;
        try
        {
            return _strict.GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
