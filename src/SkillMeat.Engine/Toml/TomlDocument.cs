using System.Text;
using SkillMeat.Errors;

namespace SkillMeat.Toml;

/// <summary>
/// A TOML 1.0 file that can be changed in places: what is not changed keeps every byte, comments, order, quotes and line endings
/// included. Values are decoded when they are asked for. May be read from several threads as long as none of them changes it.
/// </summary>
/// <remarks>
/// Handles to tables and arrays of tables stay valid through all changes; once removed, they can still be read but no longer be
/// changed. A <see cref="TomlValue"/> that is no table is what was there when it was asked for.
/// </remarks>
internal sealed class TomlDocument
{
    /// <summary>Tables and arrays within each other; a file beyond that is refused before it can exhaust the stack.</summary>
    public const int MaxDepth = 256;

    private TomlDocument? _sharedView;

    private TomlDocument(TextBuffer buffer, string path, bool isReadOnly)
    {
        Path = path;
        IsReadOnly = isReadOnly;
        Text = new TextChain(buffer);
        (Head, Tail) = Text.AddEdges();
        Root = new TomlTable(this, null, -1, TomlTableKind.Root, 0) { Head = Head, LastItem = Head };
        NewLine = UsesCarriageReturns(buffer.Source) ? "\r\n" : "\n";
    }

    public string Path { get; }

    public TomlTable Root { get; }

    public bool IsChanged { get; set; }

    /// <summary>The line ending of the file's first line, for the lines that are added.</summary>
    public string NewLine { get; }

    public TextChain Text { get; }

    public int Head { get; }

    public int Tail { get; }

    public KeyNames Keys { get; } = new();

    public ChunkedList<TableEntry> Entries { get; } = new();

    /// <summary>Arrays of tables that somebody holds while they have no element, and so no text.</summary>
    public Dictionary<(TomlTable Table, int Key), TomlTableArray> EmptyArrays { get; } = [];

    /// <summary>Whether sub-tables stand apart from their parents, so that their place can't be told from the order of keys.</summary>
    public bool IsOutOfOrder { get; set; }

    public bool IsReadOnly { get; }

    /// <param name="utf8">The whole file; the document keeps the array, so it must not be changed afterwards.</param>
    /// <param name="path">The file's path, for errors.</param>
    /// <exception cref="DataFileException">The bytes are not TOML 1.0; it names the place.</exception>
    public static TomlDocument Parse(byte[] utf8, string path)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(path);

        SourceText.Check(utf8, path);
        var document = new TomlDocument(new TextBuffer(utf8), path, isReadOnly: false);
        var start = utf8.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        document.Text[document.Head].End = start;
        TomlParser.ReadDocument(document, start, utf8.Length);
        return document;
    }

    public static TomlDocument Empty(string path) => Parse([], path);

    /// <summary>The file as it is to be written; without a change, a copy of the bytes that were read.</summary>
    public byte[] ToBytes() => IsChanged ? TextRenderer.Render(this) : Text.Buffer.Source.ToArray();

    /// <summary>One empty index over the same bytes, for elements of arrays that need no entry in it; whoever uses it locks it.</summary>
    public TomlDocument SharedView => LazyInitializer.EnsureInitialized(ref _sharedView, ReadOnlyView);

    /// <summary>An empty index over the same bytes.</summary>
    public TomlDocument ReadOnlyView() => new(Text.Buffer, Path, isReadOnly: true);

    public TomlPosition PositionOf(int offset) =>
        offset < Text.Buffer.Source.Length ? TomlPosition.Of(Text.Buffer.Source, offset) : TomlPosition.None;

    private static bool UsesCarriageReturns(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return end > 0 && text[end - 1] == '\r';
    }
}
