using System.Diagnostics.CodeAnalysis;
using SkillMeat.Errors;

namespace SkillMeat.Toml;

/// <summary>A table in any spelling. Every change is applied to the text of the document at once.</summary>
internal sealed class TomlTable
{
    // An index takes several times as much memory as the table, and finds a key in a short one no faster.
    private const int IndexedFrom = 32;

    private int _first = -1;
    private int _last = -1;
    private int _lastItem = -1;
    private int _count;
    private int _unreadStart;
    private int _unreadEnd;
    private Dictionary<int, int>? _index;

    public TomlTable(TomlDocument document, TomlTable? parent, int key, TomlTableKind kind, int depth)
    {
        Document = document;
        Parent = parent;
        Key = key;
        Kind = kind;
        Depth = depth;
    }

    public TomlDocument Document { get; }

    /// <summary>The parent table, or the parent of the array that this table is an element of.</summary>
    public TomlTable? Parent { get; }

    /// <summary>The array that this table is an element of.</summary>
    public TomlTableArray? ElementOf { get; init; }

    /// <summary>The key's id, -1 for the root.</summary>
    public int Key { get; }

    public int Depth { get; }

    public TomlTableKind Kind { get; set; }

    /// <summary>The item that opens the table: a header, a brace, or the start of the document; -1 if there is none.</summary>
    public int Head { get; set; } = -1;

    /// <summary>The last item of the table's own body; <see cref="Head"/> if the body is empty.</summary>
    public int LastItem
    {
        get
        {
            EnsureRead();
            return _lastItem;
        }
        set => _lastItem = value;
    }

    public InlineBlock? Block { get; set; }

    public bool IsRemoved { get; set; }

    /// <summary>Whether the lines below the header have not been needed yet.</summary>
    public bool IsUnread => _unreadEnd > 0;

    /// <summary>Whether the table has neither keys nor lines that have not been read.</summary>
    public bool IsEmpty => _count == 0 && !IsUnread;

    /// <summary>The number of keys in the table's header.</summary>
    public int PathLength => Parent is null ? 0 : Parent.PathLength + 1;

    public int Count
    {
        get
        {
            EnsureRead();
            return _count;
        }
    }

    public int FirstEntry
    {
        get
        {
            EnsureRead();
            return _first;
        }
    }

    public int LastEntry
    {
        get
        {
            EnsureRead();
            return _last;
        }
    }

    /// <summary>The keys, in the order in which the document first names them. The collection follows changes, so copy it before changing the table.</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            for (var entry = FirstEntry; entry >= 0; entry = Document.Entries[entry].Next)
                yield return Document.Keys.Text(Document.Entries[entry].Key);
        }
    }

    /// <summary>The position at which the table starts; for a table without header or braces, the position at which it is first named.</summary>
    public TomlPosition Position
    {
        get
        {
            if (Kind == TomlTableKind.Root) return new TomlPosition(1, 1);
            var item = Head >= 0 ? Head : Document.Entries[Parent!.FindEntry(Key)].Item;
            var start = Document.Text[item].Start + LineText.IndentationLength(Document.Text.Body(item));
            return Document.PositionOf(start);
        }
    }

    /// <summary>The table under whose header, or in whose braces, the keys of this table are written.</summary>
    public TomlTable Section => Kind == TomlTableKind.Dotted ? Parent!.Section : this;

    public bool TryGet(string key, [MaybeNullWhen(false)] out TomlValue value)
    {
        value = Find(key);
        return value is not null;
    }

    public TomlValue? Find(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var entry = FindEntry(key);
        return entry < 0 ? null : ValueOf(entry);
    }

    /// <summary>Returns a string without making a value of it first, or null if there is no such key, or its value is not a string.</summary>
    public string? FindText(string key)
    {
        var entry = FindEntry(key);
        if (entry < 0 || Document.Entries[entry].Kind != TomlValueKind.String) return null;
        ref var item = ref Document.Text[Document.Entries[entry].Item];
        return StringSyntax.Decode(Document.Text.Buffer.Slice(item.ValueStart, item.ValueEnd));
    }

    /// <summary>
    /// Replaces the bytes of the value, or adds the key after the last one of this table's own body. An existing value
    /// with the same data keeps its bytes. A new table is written under a header, and a list of tables under one header each, if this
    /// table's own spelling allows it.
    /// </summary>
    /// <exception cref="ArgumentException">The key is not valid Unicode, or the value is nested too deeply.</exception>
    /// <exception cref="InvalidOperationException">The table was removed, or is part of an array of mixed values.</exception>
    public void Set(string key, TomlValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        new TomlEditor(Document).Set(this, key, value);
    }

    /// <summary>Removes the key with its line, or the table or array of tables with everything below it. Returns false if there is no such key.</summary>
    /// <exception cref="InvalidOperationException">The table was removed, or is part of an array of mixed values.</exception>
    public bool Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var entry = FindEntry(key);
        if (entry < 0) return false;
        new TomlEditor(Document).Remove(this, entry);
        return true;
    }

    /// <summary>Returns the table of a name. A new one is written in the style of this table: under a header if this table has one.</summary>
    /// <exception cref="DataFileException">The key exists and is not a table.</exception>
    /// <exception cref="InvalidOperationException">The table was removed, or is part of an array of mixed values.</exception>
    public TomlTable GetOrAddTable(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Find(key)?.AsTable() ?? new TomlEditor(Document).AddTable(this, key);
    }

    /// <summary>
    /// Removes the header of the table if only headers of its sub-tables follow it, as Python's writer does. Does nothing if the header is needed,
    /// or has a comment.
    /// </summary>
    /// <exception cref="InvalidOperationException">The table was removed, or is part of an array of mixed values.</exception>
    public void OmitHeader() => new TomlEditor(Document).OmitHeader(this);

    /// <summary>Returns the array of tables of a name, written with headers or inline; empty if there is no such key.</summary>
    /// <exception cref="DataFileException">The key exists and is not an array of tables.</exception>
    public TomlTableArray Array(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return FindArray(key) ?? new TomlTableArray(this, key);
    }

    /// <summary>
    /// Returns the array of tables of a name. TOML has no header for an empty one, so a new one is written with its first element;
    /// until then all callers get the same instance.
    /// </summary>
    /// <exception cref="ArgumentException">The key is not valid Unicode.</exception>
    /// <exception cref="DataFileException">The key exists and is not an array of tables.</exception>
    public TomlTableArray GetOrAddArray(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (FindArray(key) is { } array) return array;
        var id = Document.Keys.Add(key);
        if (!Document.EmptyArrays.TryGetValue((this, id), out var empty))
            Document.EmptyArrays[(this, id)] = empty = new TomlTableArray(this, key);
        return empty;
    }

    /// <summary>Leaves the lines below the header, with those of the sub-tables, in one item with it until they are needed. They must be valid.</summary>
    public void Defer(int start, int end)
    {
        Document.Text[Head].End = end;
        _unreadStart = start;
        _unreadEnd = end;
    }

    /// <summary>Reads the lines that were deferred, if there are any.</summary>
    public void EnsureRead()
    {
        if (_unreadEnd == 0) return;
        var (start, end) = (_unreadStart, _unreadEnd);
        _unreadEnd = 0;
        TomlParser.ReadDeferred(this, start, end);
    }

    public bool IsWithin(TomlTable other)
    {
        var table = this;
        while (table.Depth > other.Depth) table = table.Parent!;
        return table == other;
    }

    public TomlValue ValueOf(int entry)
    {
        ref var found = ref Document.Entries[entry];
        ref var item = ref Document.Text[found.Item];
        return new TomlValue(Document, found.Key, found.Kind, item.ValueStart, item.ValueEnd, found.Container);
    }

    /// <summary>The table or the array of tables of an entry, or null for another value or if there is no entry.</summary>
    public object? ContainerAt(int entry) => entry < 0 ? null : Document.Entries[entry].Container;

    public int FindEntry(string key)
    {
        // Before the lookup, because it adds the names of its keys.
        EnsureRead();
        var id = Document.Keys.Find(key);
        return id < 0 ? -1 : FindEntry(id);
    }

    public int FindEntry(int key)
    {
        EnsureRead();
        if (_index is not null) return _index.GetValueOrDefault(key, -1);
        var entry = _first;
        while (entry >= 0)
        {
            ref var candidate = ref Document.Entries[entry];
            if (candidate.Key == key) return entry;
            entry = candidate.Next;
        }

        return -1;
    }

    public int AddEntry(int key, int item, TomlValueKind kind, object? container) => AddEntry(LastEntry, key, item, kind, container);

    /// <summary>Adds a key after another; -1 adds it first.</summary>
    public int AddEntry(int previous, int key, int item, TomlValueKind kind, object? container)
    {
        var next = previous < 0 ? _first : Document.Entries[previous].Next;
        var entry = Document.Entries.Add(new TableEntry
        {
            Key = key,
            Item = item,
            Kind = kind,
            Container = container,
            Owner = this,
            Previous = previous,
            Next = next,
        });
        Link(previous, entry, next);
        _count++;
        if (_index is not null) _index.Add(key, entry);
        else if (_count == IndexedFrom) BuildIndex();
        return entry;
    }

    public void RemoveEntry(int entry)
    {
        ref var removed = ref Document.Entries[entry];
        if (removed.Previous < 0) _first = removed.Next;
        else Document.Entries[removed.Previous].Next = removed.Next;
        if (removed.Next < 0) _last = removed.Previous;
        else Document.Entries[removed.Next].Previous = removed.Previous;
        _count--;
        _index?.Remove(removed.Key);
    }

    /// <summary>Records that an item was added after everything that belongs to this table.</summary>
    public void ExtendTo(int item)
    {
        LastItem = item;
        if (Kind == TomlTableKind.Dotted) Parent!.ExtendTo(item);
    }

    private TomlTableArray? FindArray(string key)
    {
        var value = Find(key);
        if (value is null || value.TableArray is not null) return value?.TableArray;
        return value.AsArray().Count == 0 ? null : throw value.Mismatch("an array of tables");
    }

    private void Link(int previous, int entry, int next)
    {
        if (previous < 0) _first = entry;
        else Document.Entries[previous].Next = entry;
        if (next < 0) _last = entry;
        else Document.Entries[next].Previous = entry;
    }

    private void BuildIndex()
    {
        _index = new Dictionary<int, int>(_count * 2);
        for (var entry = _first; entry >= 0; entry = Document.Entries[entry].Next) _index.Add(Document.Entries[entry].Key, entry);
    }
}
