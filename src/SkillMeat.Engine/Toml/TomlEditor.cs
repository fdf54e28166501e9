namespace SkillMeat.Toml;

/// <summary>Changes the text and the index of a document together, so that a reader always sees the values that would be written.</summary>
internal sealed class TomlEditor
{
    private static readonly TomlValue _emptyTable = TomlValue.Of(new Dictionary<string, TomlValue>());

    private readonly TomlDocument _document;
    private readonly TextChain _text;
    private readonly SectionEditor _sections;
    private readonly InlineEditor _inline;

    public TomlEditor(TomlDocument document)
    {
        _document = document;
        _text = document.Text;
        _sections = new SectionEditor(document);
        _inline = new InlineEditor(document);
    }

    public void Set(TomlTable table, string key, TomlValue value)
    {
        RequireEditable(table);
        TomlDocument.RequireDepth(table.Depth + value.Depth);
        var entry = table.FindEntry(key);
        if (entry >= 0 && TomlData.AreSame(table.ValueOf(entry), value)) return;

        // The document changes while its tables are written.
        value = value.Detach(_document);
        if (entry >= 0 && _document.Entries[entry].HasValueText)
        {
            Replace(table, entry, value);
            return;
        }

        if (entry >= 0) Remove(table, entry);
        Insert(table, _document.Keys.Add(key), key, value);
    }

    public void Remove(TomlTable table, int entry)
    {
        RequireEditable(table);
        var isOnly = table.Count == 1;
        var placeholder = -1;
        if (isOnly && table.Kind == TomlTableKind.Implicit) _sections.MakeExplicit(table);
        if (isOnly && table.Kind == TomlTableKind.Dotted) placeholder = InsertEmptyTable(table);

        var container = _document.Entries[entry].Container;
        if (container is TomlTableArray { Block: null } array) RemoveElements(array);
        else if (container is TomlTable { Kind: not TomlTableKind.Inline } child) RemoveTable(child);
        else RemoveItem(_document.Entries[entry].Item);

        Release(container);
        table.RemoveEntry(entry);
        if (placeholder >= 0) BecomeInline(table, placeholder);
        MarkChanged(table);
    }

    public TomlTable AddTable(TomlTable parent, string key)
    {
        RequireEditable(parent);
        TomlDocument.RequireDepth(parent.Depth + 1);
        var id = _document.Keys.Add(key);
        MarkChanged(parent);
        if (IsUnderHeaders(parent)) return _sections.AddTable(parent, id);
        InsertKeyValue(parent, id, _emptyTable);
        return parent.Find(key)!.AsTable();
    }

    public void OmitHeader(TomlTable table)
    {
        RequireEditable(table);
        if (_sections.MakeImplicit(table)) MarkChanged(table);
    }

    public TomlTable AddElement(TomlTableArray array)
    {
        var parent = array.Parent;
        RequireEditable(parent);
        TomlDocument.RequireDepth(parent.Depth + 2);
        if (!array.IsAttached) return AddFirstElement(array);

        var element = array.Block is null ? _sections.AddElement(array) : _inline.AddElement(array);
        MarkChanged(element);
        return element;
    }

    /// <summary>Removes elements in one pass over the array.</summary>
    public void RemoveElements(TomlTableArray array, IReadOnlySet<TomlTable> elements)
    {
        if (elements.Count == 0) return;
        foreach (var element in elements) RequireEditable(element);
        if (array.Block is null && elements.Count == array.Count)
        {
            Remove(array.Parent, array.Parent.FindEntry(array.Key));
            _document.EmptyArrays[(array.Parent, array.Key)] = array;
            return;
        }

        if (array.Block is not null) _inline.RemoveElements(array, elements);
        foreach (var element in array.Where(elements.Contains))
        {
            if (array.Block is null) RemoveTable(element);
            element.IsRemoved = true;
            MarkChanged(element);
        }

        array.ForgetElements(elements);
    }

    /// <summary>Brings the elements of an array into another order, if their text can be moved.</summary>
    public bool TryReorder(TomlTableArray array, IReadOnlyList<TomlTable> order)
    {
        foreach (var element in order) RequireEditable(element);
        if (!new ElementOrder(_document, array).TryApply(order)) return false;
        array.SetOrder(order);
        if (array.Block is null) _document.Entries[array.Parent.FindEntry(array.Key)].Item = order[0].Head;
        MarkChanged(order[0]);
        return true;
    }

    private static bool IsUnderHeaders(TomlTable table) => table.Kind is TomlTableKind.Root or TomlTableKind.Header or TomlTableKind.Implicit;

    private static void RequireEditable(TomlTable table)
    {
        if (table.Document.IsReadOnly)
            throw new InvalidOperationException("A table among the mixed values of an array can't be changed by itself; set the array.");
        for (var t = table; t is not null; t = t.Parent)
            if (t.IsRemoved) throw new InvalidOperationException("The table was removed from its document.");
    }

    private void Replace(TomlTable table, int entry, TomlValue value)
    {
        var replaced = _document.Entries[entry];
        var item = replaced.Item;
        var old = _text.Buffer.Slice(_text[item].ValueStart, _text[item].ValueEnd);
        var isOneLine = table.Section.Kind == TomlTableKind.Inline || (replaced.Kind == TomlValueKind.Array && old.IndexOf((byte)'\n') < 0);
        var bytes = (TextsOf(value) is { } texts && replaced.Kind == TomlValueKind.Array ? CommentedArray.Edit(old, texts, _document.NewLine) : null)
            ?? TomlWriter.Bytes(value, _document.NewLine, Indentation(item), isOneLine);

        Release(replaced.Container);
        _text.SetValue(item, bytes);
        var kind = TomlParser.ReadValue(table, replaced.Key, _text[item].ValueStart, _text[item].ValueEnd, out var container);
        ref var changed = ref _document.Entries[entry];
        changed.Kind = kind;
        changed.Container = container;
        MarkChanged(table);
    }

    private static List<string>? TextsOf(TomlValue value) => value.Kind == TomlValueKind.Array && value.AsArray().All(element => element.Kind == TomlValueKind.String)
        ? value.AsArray().Select(element => element.AsString()).ToList()
        : null;

    private void Insert(TomlTable table, int id, string key, TomlValue value)
    {
        if (!IsUnderHeaders(table))
        {
            InsertKeyValue(table, id, value);
        }
        else if (value.Kind == TomlValueKind.Table)
        {
            Fill(AddTable(table, key), value);
        }
        else if (!TomlData.IsListOfTables(value))
        {
            InsertKeyValue(table, id, value);
        }
        else
        {
            var array = table.GetOrAddArray(key);
            foreach (var element in value.AsArray()) Fill(AddElement(array), element);
        }
    }

    private void Fill(TomlTable table, TomlValue data)
    {
        foreach (var (key, value) in data.Members) Set(table, key, value);
    }

    private TomlTable AddFirstElement(TomlTableArray array)
    {
        var parent = array.Parent;
        var entry = parent.FindEntry(array.Key);
        if (entry >= 0 && !IsEmptyArray(parent.ValueOf(entry)))
            throw new InvalidOperationException($"'{_document.Keys.Text(array.Key)}' has another value by now.");

        if (entry >= 0 && IsUnderHeaders(parent))
        {
            _sections.LiftComment(_document.Entries[entry].Item);
            Remove(parent, entry);
        }

        MarkChanged(parent);
        _document.EmptyArrays.Remove((parent, array.Key));
        if (IsUnderHeaders(parent)) return _sections.AddElement(array);

        AddInlineArray(array, entry);
        return array[0];
    }

    private void AddInlineArray(TomlTableArray array, int entry)
    {
        var list = TomlValue.Of([_emptyTable]);
        if (entry >= 0) Replace(array.Parent, entry, list);
        else InsertKeyValue(array.Parent, array.Key, list);

        ref var added = ref _document.Entries[array.Parent.FindEntry(array.Key)];
        array.Attach((TomlTableArray)added.Container!);
        added.Container = array;
    }

    private void InsertKeyValue(TomlTable table, int key, TomlValue value)
    {
        MarkChanged(table);
        if (table.Kind == TomlTableKind.Implicit) _sections.MakeExplicit(table);
        if (table is { Kind: TomlTableKind.Inline, Count: 0, ElementOf: null, Parent.Kind: TomlTableKind.Dotted })
        {
            RespellAsDotted(table, key, value);
            return;
        }

        var previous = EntryBeforeNext(table);
        var item = InsertItem(table, table, key, value);
        var kind = TomlParser.ReadValue(table, key, _text[item].ValueStart, _text[item].ValueEnd, out var container);
        _text[item].Entry = table.AddEntry(previous, key, item, kind, container);
    }

    /// <summary>The last entry that is written in the table's own body; -1 if the body is empty.</summary>
    private int EntryBeforeNext(TomlTable table)
    {
        ref var last = ref _text[table.LastItem];
        if (last.Kind != TextItemKind.KeyValue) return -1;
        var entry = last.Entry;
        for (var owner = _document.Entries[entry].Owner; owner != table; owner = owner.Parent!) entry = owner.Parent!.FindEntry(owner.Key);

        // The last line may continue a dotted table that begins above other keys.
        while (_document.Entries[entry].Next is >= 0 and var next && _document.Entries[next].IsInBody) entry = next;
        return entry;
    }

    /// <summary>Writes a key and value after everything that belongs to <paramref name="body"/>.</summary>
    private int InsertItem(TomlTable body, TomlTable table, int key, TomlValue value)
    {
        var section = body.Section;
        var last = body.LastItem;
        var item = section.Kind == TomlTableKind.Inline
            ? _inline.Insert(section, table, last, key, value)
            : _sections.InsertLine(section, table, last, key, value);
        Extend(body, last, item);
        return item;
    }

    private static void Extend(TomlTable table, int last, int item)
    {
        table.LastItem = item;
        while (table.Kind == TomlTableKind.Dotted)
        {
            table = table.Parent!;
            if (table.LastItem == last) table.LastItem = item;
        }
    }

    /// <summary>Writes <c>a.b = {}</c> for a dotted table that is about to lose its last key.</summary>
    private int InsertEmptyTable(TomlTable table)
    {
        var parent = table.Parent!;
        var item = InsertItem(table, parent, table.Key, _emptyTable);
        _text[item].Entry = parent.FindEntry(table.Key);
        return item;
    }

    private void BecomeInline(TomlTable table, int item)
    {
        TomlParser.ReadValue(table.Parent!, table.Key, _text[item].ValueStart, _text[item].ValueEnd, out var read);
        var inline = (TomlTable)read!;
        table.Kind = TomlTableKind.Inline;
        table.Block = inline.Block;
        table.Head = table.LastItem = inline.Head;
        _document.Entries[table.Parent!.FindEntry(table.Key)].Item = item;
    }

    /// <summary>Writes <c>a.b.c = 1</c> where <c>a.b = {}</c> stood, so that a dotted table is extended by dots.</summary>
    private void RespellAsDotted(TomlTable table, int key, TomlValue value)
    {
        var item = _document.Entries[table.Parent!.FindEntry(table.Key)].Item;
        var section = table.Parent.Section;
        table.Kind = TomlTableKind.Dotted;
        table.Block = null;
        table.Head = -1;
        table.LastItem = item;

        var old = _text[item];
        var line = new TomlWriter(_document.NewLine);
        line.Raw(Indentation(item));
        line.Path(section, table, key);
        line.Raw(" = "u8);
        var valueAt = line.Length;
        line.Value(value, "", isOneLine: section.Kind == TomlTableKind.Inline);
        var endAt = line.Length;
        line.Raw(_text.Buffer.Slice(old.ValueEnd, old.End));

        var start = _text.Buffer.Add(line.Written);
        ref var changed = ref _text[item];
        changed.Start = start;
        changed.ValueStart = start + valueAt;
        changed.ValueEnd = start + endAt;
        changed.End = start + line.Length;
        var kind = TomlParser.ReadValue(table, key, changed.ValueStart, changed.ValueEnd, out var container);
        _text[item].Entry = table.AddEntry(key, item, kind, container);
    }

    private void RemoveTable(TomlTable table)
    {
        // Later, its lines would come back into the text.
        table.EnsureRead();
        var isSection = table.Kind == TomlTableKind.Header;
        table.IsRemoved = true;
        if (isSection) _sections.RemoveSection(table);
        for (var entry = table.FirstEntry; entry >= 0; entry = _document.Entries[entry].Next)
        {
            var container = _document.Entries[entry].Container;
            if (container is TomlTableArray { Block: null } array) RemoveElements(array);
            else if (container is TomlTable { Kind: not TomlTableKind.Inline } child) RemoveTable(child);
            else if (!isSection) RemoveItem(_document.Entries[entry].Item);
        }
    }

    private void RemoveElements(TomlTableArray array)
    {
        foreach (var element in array) RemoveTable(element);
    }

    private void RemoveItem(int item)
    {
        // Its section may have been removed before.
        if (_text[item].Kind != TextItemKind.KeyValue) return;
        var owner = _document.Entries[_text[item].Entry].Owner;
        var section = owner.Section;
        if (section.Kind == TomlTableKind.Inline) _inline.Remove(section.Block!, item);
        else _sections.RemoveLine(item);
        Shrink(owner, item);
    }

    /// <summary>Finds the new last items of the tables that ended with a removed item.</summary>
    private void Shrink(TomlTable table, int item)
    {
        while (true)
        {
            var isDotted = table.Kind == TomlTableKind.Dotted;
            if (table.LastItem == item) table.LastItem = LastItemBefore(item, table);
            if (!isDotted) return;

            // Without a line of its own, it exists only through the headers of its sub-tables.
            if (table.LastItem < 0) table.Kind = TomlTableKind.Implicit;
            table = table.Parent!;
        }
    }

    private int LastItemBefore(int item, TomlTable table)
    {
        var isDotted = table.Kind == TomlTableKind.Dotted;
        while (true)
        {
            item = _text[item].Previous;
            ref var candidate = ref _text[item];
            if (candidate.Kind is TextItemKind.Header or TextItemKind.Edge) return isDotted ? -1 : item;
            if (candidate.Kind == TextItemKind.KeyValue && (!isDotted || _document.Entries[candidate.Entry].Owner.IsWithin(table))) return item;
        }
    }

    private ReadOnlySpan<byte> Indentation(int item)
    {
        var body = _text.Body(item);
        return body[..LineText.IndentationLength(body)];
    }

    private void MarkChanged(TomlTable table)
    {
        _document.IsChanged = true;
        for (var t = table; t is not null; t = t.Parent)
        {
            if (t.Block is not null) t.Block.IsChanged = true;
            if (t.ElementOf?.Block is { } brackets) brackets.IsChanged = true;
        }
    }

    private static void Release(object? container)
    {
        if (container is TomlTable table) table.IsRemoved = true;
        else if (container is TomlTableArray array) array.Detach();
    }

    private static bool IsEmptyArray(TomlValue value) => value.Kind == TomlValueKind.Array && value.AsArray().Count == 0;
}
