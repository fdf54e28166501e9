using System.Buffers;
using System.Text;

namespace SkillMeat.Upstream.Git;

/// <summary>The bytes of a tree object: octal mode, space, name, NUL, 20 bytes of id, for each entry in git's order.</summary>
internal static class GitTree
{
    private const int LongestMode = 7;

    /// <summary>The entries of a tree, in its own order.</summary>
    /// <exception cref="GitProtocolException">The bytes are no tree, or a name could lead out of its folder.</exception>
    public static IReadOnlyList<GitTreeEntry> Read(ReadOnlyMemory<byte> content)
    {
        var entries = new List<GitTreeEntry>();
        while (content.Length > 0)
        {
            var space = content.Span[..Math.Min(content.Length, LongestMode + 1)].IndexOf((byte)' ');
            var end = content.Span.IndexOf((byte)0);
            if (space < 1 || end < space || content.Length - end - 1 < GitOid.Size) throw GitProtocolException.Corrupt("a tree that can't be read");
            entries.Add(new GitTreeEntry(
                NameIn(content[(space + 1)..end]), ModeIn(content.Span[..space]), new GitOid(content.Span.Slice(end + 1, GitOid.Size))));
            content = content[(end + 1 + GitOid.Size)..];
        }

        return entries;
    }

    /// <summary>The bytes of a tree of these entries, which may come in any order.</summary>
    public static ReadOnlyMemory<byte> Write(IEnumerable<GitTreeEntry> entries)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var entry in entries.Order(Comparer<GitTreeEntry>.Create(Compare)))
        {
            output.Write(Encoding.ASCII.GetBytes(Convert.ToString((int)entry.Mode, 8)));
            output.Write(" "u8);
            output.Write(entry.NameBytes.Span);
            output.Write("\0"u8);
            entry.Oid.CopyTo(output.GetSpan(GitOid.Size));
            output.Advance(GitOid.Size);
        }

        return output.WrittenMemory;
    }

    /// <summary>Git's order of entries: by bytes, a folder as if its name ended with <c>/</c>.</summary>
    public static int Compare(GitTreeEntry left, GitTreeEntry right)
    {
        var a = left.NameBytes.Span;
        var b = right.NameBytes.Span;
        var common = Math.Min(a.Length, b.Length);
        var order = a[..common].SequenceCompareTo(b[..common]);
        return order != 0 ? order : After(left, common) - After(right, common);
    }

    private static int After(GitTreeEntry entry, int length)
    {
        if (entry.NameBytes.Length > length) return entry.NameBytes.Span[length];
        return entry.Kind == GitObjectKind.Tree ? '/' : 0;
    }

    private static GitFileMode ModeIn(ReadOnlySpan<byte> digits)
    {
        var mode = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7') throw GitProtocolException.Corrupt("a tree entry without a mode");
            mode = (mode << 3) | (digit - '0');
        }

        return (GitFileMode)mode;
    }

    // Git makes no such names; whoever joins them to a folder on disk would leave it.
    private static ReadOnlyMemory<byte> NameIn(ReadOnlyMemory<byte> name)
    {
        var bytes = name.Span;
        var isUnsafe = bytes.IsEmpty || bytes.Contains((byte)'/') || bytes.SequenceEqual("."u8) || bytes.SequenceEqual(".."u8);
        return isUnsafe ? throw GitProtocolException.Corrupt("a tree entry whose name is no file name") : name;
    }
}
