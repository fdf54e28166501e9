using System.Text;

namespace SkillMeat.Objects.Trees;

/// <summary>
/// The format of trees. A folder with up to 48 names is one node. A larger one is split by <see cref="NodeBoundary"/>, by the hashes of names, into nodes of level 0,
/// which are listed by nodes of level 1, and so on up to a single root, whose id is that of the folder.
/// </summary>
/// <remarks>
/// A node begins with a byte for its level. Level 0: for each entry, ordered by the UTF-8 bytes of the names, four times the length of the name plus the kind, the name, the
/// permissions, the size, the id. Higher levels: for each node the length of the last name in it, that name, the id. Numbers are in groups of seven bits, lowest first.
/// </remarks>
internal static class TreeFormat
{
    /// <summary>The largest number of entries that are always in one node.</summary>
    public const int MaxUnsplit = 48;

    private const int KindBits = 2;

    // Of far more names than a disk can hold.
    private const int MaxLevel = 16;

    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Stores every node, children first, and returns the id of the root.</summary>
    /// <param name="entries">The entries of the folder, in any order.</param>
    /// <param name="target">The buffer for nodes.</param>
    /// <param name="store">Stores the node in the buffer, and returns its id.</param>
    /// <exception cref="ArgumentException">A name is invalid or duplicate.</exception>
    public static ObjectId Write(IReadOnlyCollection<TreeEntry> entries, ByteWriter target, Func<ObjectId> store)
    {
        var sorted = Sort(entries);
        if (sorted.Length <= MaxUnsplit)
        {
            WriteLeaf(target, sorted);
            return store();
        }

        var nodes = Split(sorted, pair => pair.Name, 0, items =>
        {
            WriteLeaf(target, items);
            return store();
        });
        for (var level = 1; nodes.Count > 1; level++)
        {
            var height = level;
            nodes = Split(nodes.ToArray(), node => node.LastName, height, items =>
            {
                WriteInner(target, height, items);
                return store();
            });
        }

        return nodes[0].Id;
    }

    /// <exception cref="InvalidDataException">It is not a valid node.</exception>
    public static TreeNode Read(ReadOnlySpan<byte> node)
    {
        var reader = new ByteReader(node);
        var level = reader.Byte();
        if (level > MaxLevel) throw new InvalidDataException("a folder is nested too deeply");
        var entries = new List<TreeEntry>();
        var children = new List<TreeChild>();
        var last = ReadOnlySpan<byte>.Empty;
        while (!reader.IsAtEnd)
        {
            var number = reader.Count();
            if (level == 0)
            {
                var bytes = reader.Bytes(number >> KindBits);
                var name = ReadName(bytes, last);
                last = bytes;
                var mode = reader.Count(TreeEntry.AllPermissions);
                var size = reader.Number();
                entries.Add(new TreeEntry(name, (TreeEntryKind)(number & ((1 << KindBits) - 1)), reader.Id(), size) { Mode = mode });
            }
            else
            {
                var bytes = reader.Bytes(number);
                ReadName(bytes, last);
                last = bytes;
                children.Add(new TreeChild(bytes.ToArray(), reader.Id()));
            }
        }

        return new TreeNode(level, entries, children);
    }

    /// <summary>Compares names by their UTF-8 bytes.</summary>
    public static int Compare(string one, string other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));

    // As strict as the writer, because a pack in a shared home can come from anybody: a name such as '../x' would be written outside of the folder.
    private static string ReadName(ReadOnlySpan<byte> name, ReadOnlySpan<byte> last)
    {
        if (name.SequenceCompareTo(last) <= 0) throw new InvalidDataException(name.IsEmpty ? "a name in a folder is empty" : "the names in a folder are not in order");
        try
        {
            var text = _strict.GetString(name);
            return IsName(text) ? text : throw new InvalidDataException($"'{text.Replace('\0', '?').ReplaceLineEndings("?")}' is not a name that a file in a folder can have");
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException("it contains text that is not UTF-8", e);
        }
    }

    /// <summary>Whether a file in a folder can have a name, on any system.</summary>
    public static bool IsName(string name) => name is not ("" or "." or "..") && name.AsSpan().IndexOfAny('/', '\0') < 0;

    private static (byte[] Name, TreeEntry Entry)[] Sort(IReadOnlyCollection<TreeEntry> entries)
    {
        var sorted = entries.Select(entry => (Name: NameBytes(entry), Entry: entry)).ToArray();
        Array.Sort(sorted, (one, other) => one.Name.AsSpan().SequenceCompareTo(other.Name));
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Name.AsSpan().SequenceEqual(sorted[i - 1].Name)) throw new ArgumentException($"the name '{sorted[i].Entry.Name}' is used twice", nameof(entries));
        }

        return sorted;
    }

    private static byte[] NameBytes(TreeEntry entry)
    {
        if (!IsName(entry.Name)) throw new ArgumentException($"'{entry.Name}' is not a valid name");
        try
        {
            return _strict.GetBytes(entry.Name);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException($"'{entry.Name}' is not valid Unicode", e);
        }
    }

    private static List<TreeChild> Split<T>(T[] items, Func<T, byte[]> nameOf, int level, Func<ArraySegment<T>, ObjectId> write)
    {
        var nodes = new List<TreeChild>();
        for (var from = 0; from < items.Length;)
        {
            var end = from + 1;
            while (end < items.Length && !NodeBoundary.IsAfter(NodeBoundary.HashOf(nameOf(items[end - 1])), level)) end++;
            nodes.Add(new TreeChild(nameOf(items[end - 1]), write(new ArraySegment<T>(items, from, end - from))));
            from = end;
        }

        return nodes;
    }

    private static void WriteLeaf(ByteWriter target, ReadOnlySpan<(byte[] Name, TreeEntry Entry)> entries)
    {
        target.Clear();
        target.Byte(0);
        foreach (var (name, entry) in entries)
        {
            target.Number(((long)name.Length << KindBits) | (long)entry.Kind);
            target.Bytes(name);
            target.Number(entry.Mode);
            target.Number(entry.Size);
            target.Id(entry.Id);
        }
    }

    private static void WriteInner(ByteWriter target, int level, ReadOnlySpan<TreeChild> children)
    {
        target.Clear();
        target.Byte((byte)level);
        foreach (var child in children)
        {
            target.Number(child.LastName.Length);
            target.Bytes(child.LastName);
            target.Id(child.Id);
        }
    }
}
