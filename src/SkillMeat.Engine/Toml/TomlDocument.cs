using System.Diagnostics.CodeAnalysis;
using System.Text;
using SkillMeat.Errors;

namespace SkillMeat.Toml;

/// <summary>
/// A TOML 1.0 file that can be edited in place: unchanged parts keep every byte, comments, order, quotes and line endings
/// included. Values are decoded on access. Several threads can read it as long as none of them changes it.
/// </summary>
/// <remarks>
/// Handles to tables and arrays of tables stay valid through all changes; after their removal, they can still be read but no longer be
/// changed. A <see cref="TomlValue"/> that is not a table does not follow later changes.
/// </remarks>
internal sealed class TomlDocument
{
    /// <summary>The maximum nesting of tables and arrays; a deeper file is rejected before it can exhaust the stack.</summary>
    public const int MaxDepth = 256;

    private TomlDocument? _sharedView;
    private List<(int Key, int At)>? _path;

    private TomlDocument(TextBuffer buffer, string path, bool isReadOnly)
    {
        Path = path;
        IsReadOnly = isReadOnly;
        Text = new TextChain(buffer);
        Reset();
        NewLine = UsesCarriageReturns(buffer.Source) ? "\r\n" : "\n";
    }

    public string Path { get; }

    public TomlTable Root { get; private set; }

    public bool IsChanged { get; set; }

    /// <summary>The line ending of the first line of the file, used for added lines.</summary>
    public string NewLine { get; }

    public TextChain Text { get; }

    public int Head { get; private set; }

    public int Tail { get; private set; }

    public KeyNames Keys { get; } = new();

    public ChunkedList<TableEntry> Entries { get; } = new();

    /// <summary>The arrays of tables that have been returned to a caller but have no element, and so no text.</summary>
    public Dictionary<(TomlTable Table, int Key), TomlTableArray> EmptyArrays { get; } = [];

    /// <summary>The tables with headers, by the item of the header. Null until a document that is out of order needs them.</summary>
    public Dictionary<int, TomlTable>? Sections { get; set; }

    /// <summary>Whether sub-tables stand apart from their parents, so that the order of keys does not determine their place.</summary>
    public bool IsOutOfOrder { get; set; }

    public bool IsReadOnly { get; }

    /// <param name="utf8">The whole file; the document keeps the array, so it must not be changed afterwards.</param>
    /// <param name="path">The path of the file, for errors.</param>
    /// <exception cref="DataFileException">The bytes are not TOML 1.0; the message has the position.</exception>
    public static TomlDocument Parse(byte[] utf8, string path)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(path);

        SourceText.Check(utf8, path);
        var document = new TomlDocument(new TextBuffer(utf8), path, isReadOnly: false);
        var start = StartOf(utf8);
        document.Text[document.Head].End = start;
        TomlParser.ReadDocument(document, start, utf8.Length);
        return document;
    }

    /// <summary>Parses a file, but reads the lines of some parts only when they are needed. One thread can use it then, even if it only reads.</summary>
    /// <param name="utf8">The whole file, checked by <see cref="SourceText.Check"/>.</param>
    /// <param name="path">The path of the file, for errors.</param>
    /// <param name="deferred">The parts, in order. Each must be valid by itself and consist of a table with its sub-tables.</param>
    /// <exception cref="DataFileException">The bytes are not TOML 1.0, as far as they were read.</exception>
    public static TomlDocument Parse(byte[] utf8, string path, TextPart[] deferred)
    {
        var document = new TomlDocument(new TextBuffer(utf8), path, isReadOnly: false);
        var start = StartOf(utf8);
        document.Text[document.Head].End = start;
        TomlParser.ReadDocument(document, start, utf8.Length, deferred);
        return document;
    }

    /// <summary>Creates a read-only index of a file, for <see cref="ReadPart"/>.</summary>
    public static TomlDocument ForParts(byte[] utf8, string path) => new(new TextBuffer(utf8), path, isReadOnly: true);

    /// <summary>Reads one part of the file as if it were all of it, in place of what was read before.</summary>
    /// <returns>The offset after the last line that is neither blank nor a comment.</returns>
    /// <exception cref="DataFileException">The part is not TOML 1.0.</exception>
    public int ReadPart(int start, int end)
    {
        Text.Items.Truncate(0);
        Entries.Truncate(0);
        Reset();
        TomlParser.ReadPart(this, start, end, _path ??= []);
        return Text[Tail].LeadStart;
    }

    public static TomlDocument Empty(string path) => Parse([], path);

    /// <summary>Returns the bytes to write; without a change, the array that was read. It must not be changed.</summary>
    public byte[] ToBytes() => IsChanged ? TextRenderer.Render(this) : Text.Buffer.Source;

    /// <summary>An empty index over the same bytes, shared by the elements of arrays that need no entry in it. Callers must lock it.</summary>
    public TomlDocument SharedView => LazyInitializer.EnsureInitialized(ref _sharedView, ReadOnlyView);

    /// <summary>An empty index over the same bytes.</summary>
    public TomlDocument ReadOnlyView() => new(Text.Buffer, Path, isReadOnly: true);

    public TomlPosition PositionOf(int offset) =>
        offset < Text.Buffer.Source.Length ? TomlPosition.Of(Text.Buffer.Source, offset) : TomlPosition.None;

    /// <exception cref="ArgumentException">A value is nested too deeply.</exception>
    public static void RequireDepth(int depth)
    {
        if (depth > MaxDepth) throw new ArgumentException($"The value would be nested more than {MaxDepth} levels deep.");
    }

    private static int StartOf(ReadOnlySpan<byte> utf8) => utf8.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;

    [MemberNotNull(nameof(Root))]
    private void Reset()
    {
        (Head, Tail) = Text.AddEdges();
        Root = new TomlTable(this, null, -1, TomlTableKind.Root, 0) { Head = Head, LastItem = Head };
    }

    private static bool UsesCarriageReturns(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        return end > 0 && text[end - 1] == '\r';
    }
}
