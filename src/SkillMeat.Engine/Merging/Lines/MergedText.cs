using System.Buffers;

namespace SkillMeat.Merging.Lines;

/// <summary>Writes what a merge without conflicts comes to.</summary>
internal static class MergedText
{
    public static ReadOnlyMemory<byte> Write(List<MergeHunk> hunks, TextLines local, TextLines upstream)
    {
        var text = new ArrayBufferWriter<byte>();
        var next = 0;
        foreach (var hunk in hunks.Where(hunk => hunk.Outcome == HunkOutcome.Upstream))
        {
            text.Write(local.Bytes(next, hunk.LocalStart - next));
            text.Write(upstream.Bytes(hunk.UpstreamStart, hunk.UpstreamCount));
            next = hunk.LocalEnd;
        }

        text.Write(local.Bytes(next, local.Count - next));
        return text.WrittenMemory;
    }
}
