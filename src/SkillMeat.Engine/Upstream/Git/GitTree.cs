using System.Buffers;
using System.Text;

namespace SkillMeat.Upstream.Git;

/// <summary>Reads and writes tree objects: for each entry an octal mode, a space, the name, NUL, and 20 bytes of id, in git's order.</summary>
internal static class GitTree
{
    private const int LongestMode = 7;

    /// <summary>Reads the entries of a tree, in their order.</summary>
    /// <exception cref="GitProtocolException">The bytes are not a tree, or a name could lead out of its folder.</exception>
    public static IReadOnlyList<GitTreeEntry> Read(ReadOnlyMemory<byte> content)
    {
        var entries = new List<GitTreeEntry>();
        while (content.Length > 0)
        {
            var (space, end) = Measure(content.Span);
            entries.Add(EntryIn(content, space, end));
            content = content[(end + 1 + GitOid.Size)..];
        }

        return entries;
    }

    /// <summary>Finds an entry by its name without creating those before it; null if there is none.</summary>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    public static GitTreeEntry? Find(ReadOnlyMemory<byte> content, ReadOnlySpan<byte> name)
    {
        while (content.Length > 0)
        {
            var (space, end) = Measure(content.Span);
            if (content.Span[(space + 1)..end].SequenceEqual(name)) return EntryIn(content, space, end);
            content = content[(end + 1 + GitOid.Size)..];
        }

        return null;
    }

    /// <summary>Returns the names of a tree, each with the place where its entry begins.</summary>
    /// <exception cref="GitProtocolException">The bytes are not a tree.</exception>
    public static IEnumerable<(ReadOnlyMemory<byte> Name, int Place)> Names(ReadOnlyMemory<byte> content)
    {
        for (var place = 0; place < content.Length;)
        {
            var (space, end) = Measure(content.Span[place..]);
            yield return (content[(place + space + 1)..(place + end)], place);
            place += end + 1 + GitOid.Size;
        }
    }

    /// <summary>Reads the first entry of a tree.</summary>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    public static GitTreeEntry First(ReadOnlyMemory<byte> content)
    {
        var (space, end) = Measure(content.Span);
        return EntryIn(content, space, end);
    }

    /// <summary>Returns the tree object for entries, which may be in any order.</summary>
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

    /// <summary>Compares entries in git's order: by bytes, with <c>/</c> appended to the name of a folder.</summary>
    public static int Compare(GitTreeEntry left, GitTreeEntry right)
    {
        var a = left.NameBytes.Span;
        var b = right.NameBytes.Span;
        var common = Math.Min(a.Length, b.Length);
        var order = a[..common].SequenceCompareTo(b[..common]);
        return order != 0 ? order : After(left, common) - After(right, common);
    }

    private static (int Space, int End) Measure(ReadOnlySpan<byte> content)
    {
        var space = content[..Math.Min(content.Length, LongestMode + 1)].IndexOf((byte)' ');
        var end = content.IndexOf((byte)0);
        var isWhole = space >= 1 && end > space && content.Length - end - 1 >= GitOid.Size;
        return isWhole ? (space, end) : throw GitProtocolException.Corrupt("an invalid tree");
    }

    private static GitTreeEntry EntryIn(ReadOnlyMemory<byte> content, int space, int end) =>
        new(NameIn(content[(space + 1)..end]), ModeIn(content.Span[..space]), new GitOid(content.Span.Slice(end + 1, GitOid.Size)));

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

    // Git never creates such names; joining one to a folder on disk would lead out of the folder.
    private static ReadOnlyMemory<byte> NameIn(ReadOnlyMemory<byte> name)
    {
        var bytes = name.Span;
        var isUnsafe = bytes.IsEmpty || bytes.Contains((byte)'/') || bytes.SequenceEqual("."u8) || bytes.SequenceEqual(".."u8);
        return isUnsafe ? throw GitProtocolException.Corrupt("a tree entry whose name is not a file name") : name;
    }
}
