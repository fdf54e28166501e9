using SkillMeat.Errors;

namespace SkillMeat.Toml;

/// <summary>Reads text into the index of a document: items for the text, entries and tables for its data.</summary>
internal ref struct TomlParser
{
    private readonly TomlDocument _document;
    private readonly TextChain _text;
    private readonly int _base;
    private readonly List<(int Key, int At)> _path;
    private readonly TomlTable? _scope;
    private readonly int _before;
    private TomlScanner _scanner;
    private TomlTable _section;

    private TomlParser(TomlDocument document, int start, int end, List<(int Key, int At)>? path = null)
    {
        _path = path ?? [];
        _document = document;
        _text = document.Text;
        _base = start;
        _before = document.Tail;
        _scanner = new TomlScanner(_text.Buffer.Slice(start, end), document.Path);
        _section = document.Root;
    }

    /// <summary>Creates a parser for the lines below the header of a table.</summary>
    private TomlParser(TomlTable scope, int start, int end)
        : this(scope.Document, start, end)
    {
        _scope = _section = scope;
        _before = _text[scope.Head].Next;
    }

    /// <exception cref="DataFileException">The text is not TOML 1.0.</exception>
    public static void ReadDocument(TomlDocument document, int start, int end) => new TomlParser(document, start, end).ReadLines();

    /// <summary>Indexes a document, but of some parts only their first line, which is the header of a table.</summary>
    /// <exception cref="DataFileException">The text is not TOML 1.0, or a part begins where no line does.</exception>
    public static void ReadDocument(TomlDocument document, int start, int end, TextPart[] deferred) => new TomlParser(document, start, end).ReadLines(deferred);

    /// <summary>Indexes one of many parts.</summary>
    /// <param name="document">The document.</param>
    /// <param name="start">The start of the part.</param>
    /// <param name="end">The end of the part.</param>
    /// <param name="path">A list to use, which no other parser uses meanwhile.</param>
    /// <exception cref="DataFileException">The text is not TOML 1.0.</exception>
    public static void ReadPart(TomlDocument document, int start, int end, List<(int Key, int At)> path) => new TomlParser(document, start, end, path).ReadLines();

    /// <summary>Indexes the lines below the header of a table that were deferred.</summary>
    public static void ReadDeferred(TomlTable table, int start, int end)
    {
        table.Document.Text[table.Head].End = start;
        new TomlParser(table, start, end).ReadLines(lead: 0);
    }

    /// <summary>Indexes one value of a table.</summary>
    public static TomlValueKind ReadValue(TomlTable owner, int key, int start, int end, out object? container) =>
        new TomlParser(owner.Document, start, end).ReadValue(owner, key, owner.Depth + 1, out container);

    /// <summary>The values of an array that does not consist of tables only.</summary>
    public static List<TomlValue> ReadElements(TomlDocument document, int key, int start, int end)
    {
        if (!document.Text.Buffer.Slice(start, end).Contains((byte)'{'))
        {
            // Most arrays are of strings, and a collection has thousands of them: an index for each would cost more than their content.
            var shared = document.SharedView;
            lock (shared) return new TomlParser(shared, start, end).ReadElements(shared.Keys.Add(document.Keys.Utf8(key)));
        }

        // Tables among other values are read-only, so they get an index of their own.
        var reader = document.ReadOnlyView();
        return new TomlParser(reader, start, end).ReadElements(reader.Keys.Add(document.Keys.Utf8(key)));
    }

    /// <summary>The elements of an array that consists of strings only, or null.</summary>
    public static string[]? ReadTexts(TomlDocument document, int start, int end)
    {
        var text = document.Text.Buffer.Slice(start, end);
        var scanner = new TomlScanner(text, document.Path) { At = 1 };
        var texts = new List<string>();
        for (scanner.SkipTrivia(); scanner.Current != ']'; scanner.SkipTrivia())
        {
            if (scanner.Current is not ((byte)'"' or (byte)'\'')) return null;
            var element = scanner.At;
            scanner.SkipScalar();
            texts.Add(StringSyntax.Decode(text[element..scanner.At]));
            scanner.SkipTrivia();
            scanner.TrySkip(',');
        }

        return [.. texts];
    }

    private void ReadLines() => EndDocument(ReadLines(_scanner.At));

    private void ReadLines(TextPart[] deferred)
    {
        var lead = _scanner.At;
        foreach (var part in deferred)
        {
            var start = part.Start - _base;
            lead = ReadLines(lead, start);
            if (_scanner.At != start) throw _scanner.Fail(start, "this is not the start of a line");
            var item = AddItem(lead, start);
            ReadHeader(item);
            if (!_section.IsEmpty) throw _scanner.Fail(start, "the table has keys elsewhere");
            _section.Defer(_base + _scanner.At, part.BodyEnd);
            lead = _scanner.At = part.BodyEnd - _base;
        }

        EndDocument(ReadLines(lead));
    }

    /// <summary>Reads lines, and returns the offset after the last one that is neither blank nor a comment.</summary>
    private int ReadLines(int lead, int end = int.MaxValue)
    {
        while (_scanner.At < end)
        {
            var line = _scanner.At;
            _scanner.SkipBlanks();
            if (_scanner.IsAtEnd) break;
            if (_scanner.Current == '#' || _scanner.IsAtNewline)
            {
                _scanner.SkipLine();
                continue;
            }

            ReadLine(AddItem(lead, line));
            lead = _scanner.At;
        }

        return lead;
    }

    private void EndDocument(int lead)
    {
        ref var tail = ref _text[_document.Tail];
        tail.LeadStart = _base + lead;
        tail.LeadEnd = _base + _scanner.At;
    }

    private readonly int AddItem(int lead, int line) =>
        _text.InsertBefore(_before, new TextItem { LeadStart = _base + lead, LeadEnd = _base + line, Start = _base + line });

    private void ReadLine(int item)
    {
        if (_scanner.Current == '[')
        {
            ReadHeader(item);
            return;
        }

        ReadKeyValue(_section, item);
        _scanner.EndLine();
        _text[item].End = _base + _scanner.At;
    }

    private void ReadHeader(int item)
    {
        var start = _scanner.At++;
        var isElement = _scanner.TrySkip('[');
        ReadPath();
        var isClosed = _scanner.TrySkip(']') && (!isElement || _scanner.TrySkip(']'));
        if (!isClosed) throw _scanner.Fail(start, isElement ? "the header is not closed by ']]'" : "the header is not closed by ']'");
        _scanner.EndLine();

        ref var header = ref _text[item];
        header.Kind = TextItemKind.Header;
        header.Entry = -1;
        header.ValueStart = header.ValueEnd = header.End = _base + _scanner.At;
        OpenSection(item, isElement);
    }

    private void OpenSection(int item, bool isElement)
    {
        var previous = _section;
        var table = _scope ?? _document.Root;
        var known = table;
        for (var i = table.PathLength; i < _path.Count - 1; i++)
        {
            var (key, at) = _path[i];
            var isKnown = table.FindEntry(key) >= 0;
            table = StepByHeader(table, key, at, item);
            if (isKnown) known = table;
        }

        var (last, lastAt) = _path[^1];
        _section = isElement ? OpenElement(table, last, lastAt, item, ref known) : OpenTable(table, last, lastAt, item);
        _section.Head = _section.LastItem = item;

        // If a header continues a table that other headers have interrupted, its last sub-table is not the last in the text.
        if (!previous.IsWithin(known)) _document.IsOutOfOrder = true;
    }

    private readonly TomlTable OpenTable(TomlTable parent, int key, int at, int item)
    {
        var entry = parent.FindEntry(key);
        if (entry < 0) return Define(parent, key, at, item, TomlTableKind.Header);
        if (_document.Entries[entry].Container is not TomlTable { Kind: TomlTableKind.Implicit } table) throw DefinedTwice(entry, key, at);
        table.Kind = TomlTableKind.Header;
        _document.IsOutOfOrder = true;
        return table;
    }

    private readonly TomlTable OpenElement(TomlTable parent, int key, int at, int item, ref TomlTable known)
    {
        var entry = parent.FindEntry(key);
        if (entry < 0)
        {
            RequireDepth(parent.Depth + 2, at);
            var created = new TomlTableArray(parent, key, null) { IsAttached = true };
            parent.AddEntry(key, item, TomlValueKind.Array, created);
            return created.AddElement(TomlTableKind.Header, parent.Depth + 2);
        }

        if (_document.Entries[entry].Container is not TomlTableArray { Block: null } array) throw DefinedTwice(entry, key, at);
        known = array[^1];
        return array.AddElement(TomlTableKind.Header, parent.Depth + 2);
    }

    private readonly TomlTable StepByHeader(TomlTable parent, int key, int at, int item)
    {
        var entry = parent.FindEntry(key);
        if (entry < 0) return Define(parent, key, at, item, TomlTableKind.Implicit);
        return _document.Entries[entry].Container switch
        {
            TomlTable { Kind: not TomlTableKind.Inline } table => table,
            TomlTableArray { Block: null } array => array[^1],
            _ => throw NotExtendable(entry, key, at),
        };
    }

    private readonly TomlTable StepByKey(TomlTable parent, int key, int at, int item)
    {
        var entry = parent.FindEntry(key);
        if (entry < 0) return Define(parent, key, at, item, TomlTableKind.Dotted);
        return _document.Entries[entry].Container is TomlTable { Kind: TomlTableKind.Dotted } table ? table : throw NotExtendable(entry, key, at);
    }

    private readonly TomlTable Define(TomlTable parent, int key, int at, int item, TomlTableKind kind)
    {
        RequireDepth(parent.Depth + 1, at);
        var table = new TomlTable(_document, parent, key, kind, parent.Depth + 1);
        parent.AddEntry(key, item, TomlValueKind.Table, table);
        return table;
    }

    private void ReadPath()
    {
        _path.Clear();
        do
        {
            _scanner.SkipBlanks();
            _path.Add((0, _scanner.At));
            _path[^1] = (_scanner.ReadKey(_document.Keys), _path[^1].At);
            _scanner.SkipBlanks();
        }
        while (_scanner.TrySkip('.'));
    }

    private void ReadKeyValue(TomlTable section, int item)
    {
        ReadPath();
        var owner = section;
        for (var i = 0; i < _path.Count - 1; i++) owner = StepByKey(owner, _path[i].Key, _path[i].At, item);
        var (key, at) = _path[^1];
        var defined = owner.FindEntry(key);
        if (defined >= 0) throw DefinedTwice(defined, key, at);

        if (!_scanner.TrySkip('='))
            throw _scanner.Fail(_scanner.At, $"'=' is expected after the key '{_document.Keys.Text(key)}', not {_scanner.CurrentShown()}");
        _scanner.SkipBlanks();
        var start = _scanner.At;
        var kind = ReadValue(owner, key, owner.Depth + 1, out var container);

        ref var line = ref _text[item];
        line.Kind = TextItemKind.KeyValue;
        line.ValueStart = _base + start;
        line.ValueEnd = line.End = _base + _scanner.At;
        line.Entry = owner.AddEntry(key, item, kind, container);
        owner.ExtendTo(item);
    }

    private TomlValueKind ReadValue(TomlTable owner, int key, int depth, out object? container)
    {
        container = null;
        switch (_scanner.Current)
        {
            case (byte)'{':
                container = ReadInlineTable(owner, key, null, depth);
                return TomlValueKind.Table;
            case (byte)'[':
                container = ReadArray(owner, key, depth);
                return TomlValueKind.Array;
            default:
                return _scanner.SkipScalar();
        }
    }

    private TomlTable ReadInlineTable(TomlTable parent, int key, TomlTableArray? array, int depth)
    {
        RequireDepth(depth, _scanner.At);
        var open = _scanner.At++;
        var block = NewBlock(open);
        var table = array is null
            ? new TomlTable(_document, parent, key, TomlTableKind.Inline, depth)
            : array.AddElement(TomlTableKind.Inline, depth);
        table.Block = block;
        table.Head = table.LastItem = block.Head;

        var lead = _scanner.At;
        _scanner.SkipBlanks();
        if (_scanner.Current == '}') return Close(table, block, lead);
        while (true)
        {
            var item = _text.InsertBefore(block.Tail, ItemAt(lead));
            ReadKeyValue(table, item);
            lead = _scanner.At;
            _scanner.SkipBlanks();
            if (_scanner.Current == '}') return Close(table, block, lead);

            _text[item].End = _base + _scanner.At;
            RequireComma(open, "the inline table is not closed on its line", "',' or '}'");
            lead = _scanner.At;
            _scanner.SkipBlanks();
            if (_scanner.Current == '}') throw _scanner.Fail(_scanner.At, "an inline table can't end with a comma");
        }
    }

    private TomlTable Close(TomlTable table, InlineBlock block, int lead)
    {
        CloseBlock(block, lead);
        return table;
    }

    /// <summary>Reads an array; returns null unless all its elements are tables.</summary>
    private TomlTableArray? ReadArray(TomlTable owner, int key, int depth)
    {
        RequireDepth(depth, _scanner.At);
        var (items, entries) = (_text.Items.Count, _document.Entries.Count);
        var open = _scanner.At++;
        TomlTableArray? tables = null;
        var lead = _scanner.At;
        var item = -1;
        var isMixed = false;
        _scanner.SkipTrivia();
        while (_scanner.Current != ']')
        {
            var start = _scanner.At;
            if (_scanner.Current == '{')
            {
                tables ??= new TomlTableArray(owner, key, NewBlock(open)) { IsAttached = true };
                item = _text.InsertBefore(tables.Block!.Tail, ItemAt(lead) with { Kind = TextItemKind.Element, Entry = -1, ValueStart = _base + start });
                ReadInlineTable(owner, key, tables, depth + 1);
                _text[item].ValueEnd = _text[item].End = _base + _scanner.At;
            }
            else
            {
                isMixed = true;
                ReadValue(owner, key, depth + 1, out _);
            }

            lead = _scanner.At;
            _scanner.SkipTrivia();
            if (_scanner.Current == ']') break;
            if (tables is not null) _text[item].End = _base + _scanner.At;
            RequireComma(open, "the array is not closed", "',' or ']'");
            lead = _scanner.At;
            _scanner.SkipTrivia();
            if (_scanner.Current == ']' && tables is not null) tables.Block!.HasTrailingComma = true;
        }

        if (tables is null || isMixed)
        {
            _scanner.At++;
            _text.Items.Truncate(items);
            _document.Entries.Truncate(entries);
            return null;
        }

        CloseBlock(tables.Block!, lead);
        return tables;
    }

    private List<TomlValue> ReadElements(int key)
    {
        var values = new List<TomlValue>();
        var root = _document.Root;
        _scanner.At++;
        _scanner.SkipTrivia();
        while (_scanner.Current != ']')
        {
            var start = _scanner.At;
            var kind = ReadValue(root, key, 1, out var container);
            values.Add(new TomlValue(_document, key, kind, _base + start, _base + _scanner.At, container));
            _scanner.SkipTrivia();
            if (_scanner.TrySkip(',')) _scanner.SkipTrivia();
        }

        return values;
    }

    private readonly InlineBlock NewBlock(int open)
    {
        var (head, tail) = _text.AddEdges();
        ref var bracket = ref _text[head];
        bracket.Start = _base + open;
        bracket.End = _base + open + 1;
        return new InlineBlock { Head = head, Tail = tail };
    }

    private void CloseBlock(InlineBlock block, int lead)
    {
        ref var bracket = ref _text[block.Tail];
        bracket.LeadStart = _base + lead;
        bracket.LeadEnd = bracket.Start = _base + _scanner.At++;
        bracket.End = _base + _scanner.At;
    }

    private readonly TextItem ItemAt(int lead) => new() { LeadStart = _base + lead, LeadEnd = _base + _scanner.At, Start = _base + _scanner.At };

    private void RequireComma(int open, string notClosed, string expected)
    {
        if (_scanner.TrySkip(',')) return;
        if (_scanner.IsAtEnd || _scanner.IsAtNewline) throw _scanner.Fail(open, notClosed);
        throw _scanner.Fail(_scanner.At, $"{expected} is expected, not {_scanner.CurrentShown()}");
    }

    private readonly void RequireDepth(int depth, int at)
    {
        if (depth > TomlDocument.MaxDepth) throw _scanner.Fail(at, $"nested more than {TomlDocument.MaxDepth} levels deep");
    }

    private readonly DataFileException DefinedTwice(int entry, int key, int at) =>
        _scanner.Fail(at, $"{NameOf(entry, key)} is defined twice (first on line {FirstLine(entry)})");

    private readonly DataFileException NotExtendable(int entry, int key, int at) =>
        _scanner.Fail(at, $"{NameOf(entry, key)} is complete and can't be extended here (defined on line {FirstLine(entry)})");

    private readonly string NameOf(int entry, int key)
    {
        var what = _document.Entries[entry].Container is null ? "key" : "table";
        return $"{what} '{_document.Keys.Text(key)}'";
    }

    private readonly int FirstLine(int entry) => _document.PositionOf(_text[_document.Entries[entry].Item].Start).Line;
}
