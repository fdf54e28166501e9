using System.Text;

namespace SkillMeat.Toml;

/// <summary>Changes the lines of a document: headers with the lines under them, and single keys.</summary>
internal sealed class SectionEditor(TomlDocument document)
{
    private readonly TextChain _text = document.Text;

    public TomlTable AddTable(TomlTable parent, int key)
    {
        var before = BehindSections(parent);
        var table = new TomlTable(document, parent, key, TomlTableKind.Header, parent.Depth + 1);
        Open(table, InsertHeader(before, parent, key, "[", "]"));
        parent.AddEntry(key, table.Head, TomlValueKind.Table, table);
        return table;
    }

    public TomlTable AddElement(TomlTableArray array)
    {
        var before = BehindSections(array.Count > 0 ? array[^1] : array.Parent);
        var head = InsertHeader(before, array.Parent, array.Key, "[[", "]]");
        var element = array.AddElement(TomlTableKind.Header, array.Parent.Depth + 2);
        Open(element, head);
        if (!array.IsAttached) array.Parent.AddEntry(array.Key, head, TomlValueKind.Array, array);
        array.IsAttached = true;
        return element;
    }

    /// <summary>Gives a table that is named only by its sub-tables a header of its own, before the first of them.</summary>
    public void MakeExplicit(TomlTable table)
    {
        Open(table, InsertHeader(FirstHeader(table), table.Parent!, table.Key, "[", "]"));
        table.Kind = TomlTableKind.Header;
    }

    /// <summary>
    /// Removes a header that is followed only by headers of sub-tables, because they name the table too. Returns false if the header is needed, or has a comment.
    /// </summary>
    public bool MakeImplicit(TomlTable table)
    {
        if (table is not { Kind: TomlTableKind.Header, ElementOf: null } || table.LastItem != table.Head) return false;
        var next = _text[table.Head].Next;
        if (FirstHeader(table) != next || _text.Body(table.Head).Contains((byte)'#') || _text.Lead(next).Contains((byte)'#')) return false;

        _text.SetLead(next, _text.Lead(table.Head));
        _text.Unlink(table.Head);
        table.Kind = TomlTableKind.Implicit;
        table.Head = table.LastItem = -1;
        document.Entries[table.Parent!.FindEntry(table.Key)].Item = next;
        return true;
    }

    public int InsertLine(TomlTable section, TomlTable table, int behind, int key, TomlValue value)
    {
        var body = _text[behind].Kind == TextItemKind.KeyValue ? _text.Body(behind) : default;
        var indentation = Encoding.UTF8.GetString(body[..LineText.IndentationLength(body)]);
        var line = new TomlWriter(document.NewLine);
        line.Raw(indentation);
        line.Path(section, table, key);
        line.Raw(" = "u8);
        var valueAt = line.Length;
        line.Value(value, indentation, isOneLine: false);
        var endAt = line.Length;
        line.NewLine();

        var start = _text.Buffer.Add(line.Written);
        var item = new TextItem
        {
            Kind = TextItemKind.KeyValue,
            Start = start,
            ValueStart = start + valueAt,
            ValueEnd = start + endAt,
            End = start + line.Length,
        };
        return behind == document.Head ? InsertFirst(item) : _text.InsertAfter(behind, item);
    }

    public void RemoveLine(int item) => LeaveTrivia(item, _text[item].LeadEnd - _text[item].LeadStart);

    /// <summary>Moves the comment after a value to a line of its own above it, so that it stays when the value is removed.</summary>
    public void LiftComment(int item)
    {
        var comment = _text.Buffer.Slice(_text[item].ValueEnd, _text[item].End).Trim(" \t\r\n"u8);
        if (comment.IsEmpty) return;
        var text = new TomlWriter(document.NewLine);
        text.Raw(_text.Lead(item));
        text.Raw(comment);
        text.NewLine();
        _text.SetLead(item, text.Written);
    }

    /// <summary>Removes a header with its lines, and the comments and blank lines directly above it.</summary>
    public void RemoveSection(TomlTable table)
    {
        while (table.LastItem != table.Head)
        {
            var line = table.LastItem;
            table.LastItem = _text[line].Previous;
            _text.Unlink(line);
        }

        var previous = _text[table.Head].Previous;
        var next = _text[table.Head].Next;
        var kept = LineText.OwnStart(_text.Lead(table.Head));
        LeaveTrivia(table.Head, kept);
        if (_text[next].Kind != TextItemKind.Header) return;

        _text[next].LeadStart += LineText.LengthBelongingAbove(_text.Lead(next));
        if (previous == document.Head && kept == 0) _text[next].LeadStart += LineText.BlankLinesLength(_text.Lead(next));
    }

    private void Open(TomlTable table, int head)
    {
        table.Head = table.LastItem = head;
        document.Sections?.Add(head, table);
    }

    private int InsertHeader(int before, TomlTable parent, int key, string open, string close)
    {
        var lead = _text.Lead(before);
        var above = before == document.Tail ? LineText.CommentsLength(lead) : LineText.LengthBelongingAbove(lead);
        var text = new TomlWriter(document.NewLine);
        WriteLines(text, lead[..above]);
        if (text.Length > 0 || !IsBlankAbove(before)) text.NewLine();
        var startAt = text.Length;
        text.Raw(open);
        text.Path(document.Root, parent, key);
        text.Raw(close);
        text.NewLine();

        _text[before].LeadStart += above;
        if (_text[before].Kind == TextItemKind.Header && !LineText.StartsBlank(_text.Lead(before))) PutBlankLineInto(before);
        return InsertBuilt(before, text, startAt);
    }

    private int InsertBuilt(int before, TomlWriter text, int startAt)
    {
        var leadStart = _text.Buffer.Add(text.Written);
        var start = leadStart + startAt;
        var end = leadStart + text.Length;
        return _text.InsertBefore(before, new TextItem
        {
            Kind = TextItemKind.Header,
            Entry = -1,
            LeadStart = leadStart,
            LeadEnd = start,
            Start = start,
            ValueStart = end,
            ValueEnd = end,
            End = end,
        });
    }

    /// <summary>Adds the first key of the root after the comments about the file and before those about the first header.</summary>
    private int InsertFirst(TextItem item)
    {
        var next = _text.NextBesidesTrivia(document.Head);
        var lead = _text.Lead(next);
        var above = next == document.Tail ? lead.Length : LineText.CommentsBelowStart(lead);
        if (LineText.BlankLinesLength(lead[..above]) == above) above = 0;

        var text = new TomlWriter(document.NewLine);
        WriteLines(text, lead[..above]);
        item.LeadStart = _text.Buffer.Add(text.Written);
        item.LeadEnd = item.LeadStart + text.Length;
        _text[next].LeadStart += above;
        if (_text[next].Kind == TextItemKind.Header && !LineText.StartsBlank(_text.Lead(next))) PutBlankLineInto(next);
        return _text.InsertBefore(next, item);
    }

    private static void WriteLines(TomlWriter text, ReadOnlySpan<byte> lines)
    {
        text.Raw(lines);
        if (lines.Length > 0 && !lines.EndsWith("\n"u8)) text.NewLine();
    }

    private void PutBlankLineInto(int item)
    {
        var text = new TomlWriter(document.NewLine);
        text.NewLine();
        text.Raw(_text.Lead(item));
        _text.SetLead(item, text.Written);
    }

    private bool IsBlankAbove(int item)
    {
        var previous = _text[item].Previous;
        if (previous == document.Head) return true;
        return _text[previous].Kind == TextItemKind.Trivia && LineText.EndsBlank(_text.Lead(previous));
    }

    /// <summary>Removes the text of an item and keeps the first bytes of its lead.</summary>
    private void LeaveTrivia(int item, int kept)
    {
        if (kept == 0)
        {
            _text.Unlink(item);
            return;
        }

        ref var trivia = ref _text[item];
        trivia.Kind = TextItemKind.Trivia;
        trivia.LeadEnd = trivia.LeadStart + kept;
        trivia.Start = trivia.End = trivia.LeadEnd;
    }

    /// <summary>The item that follows the table's own lines and those of all its sub-tables.</summary>
    private int BehindSections(TomlTable table)
    {
        if (table.Kind == TomlTableKind.Root) return document.Tail;
        // Reads lines that were deferred, so only then it is known whether they are in order.
        var last = LastSection(table);
        return _text.NextBesidesTrivia((document.IsOutOfOrder ? LastInText(table) : last!).LastItem);
    }

    private TomlTable? LastSection(TomlTable table)
    {
        for (var entry = table.LastEntry; entry >= 0; entry = document.Entries[entry].Previous)
        {
            var last = document.Entries[entry].Container switch
            {
                TomlTable { Kind: not TomlTableKind.Inline } child => LastSection(child),
                TomlTableArray { Block: null, Count: > 0 } array => LastSection(array[^1]),
                _ => null,
            };
            if (last is not null) return last;
        }

        return table.Kind == TomlTableKind.Header ? table : null;
    }

    private TomlTable LastInText(TomlTable table)
    {
        if (document.Sections is null) Collect(document.Root, document.Sections = []);
        var item = document.Tail;
        while (_text[item].Kind != TextItemKind.Header || !document.Sections[item].IsWithin(table)) item = _text[item].Previous;
        return document.Sections[item];
    }

    private void Collect(TomlTable table, Dictionary<int, TomlTable> sections)
    {
        if (table.Kind == TomlTableKind.Header) sections.Add(table.Head, table);
        for (var entry = table.FirstEntry; entry >= 0; entry = document.Entries[entry].Next)
        {
            var container = document.Entries[entry].Container;
            if (container is TomlTable { Kind: not TomlTableKind.Inline } child) Collect(child, sections);
            else if (container is TomlTableArray { Block: null } array)
                foreach (var element in array) Collect(element, sections);
        }
    }

    private int FirstHeader(TomlTable table)
    {
        for (var entry = table.FirstEntry; entry >= 0; entry = document.Entries[entry].Next)
        {
            var first = document.Entries[entry].Container switch
            {
                TomlTable { Kind: TomlTableKind.Header } child => child.Head,
                TomlTable { Kind: not TomlTableKind.Inline } child => FirstHeader(child),
                TomlTableArray { Block: null, Count: > 0 } array => array[0].Head,
                _ => -1,
            };
            if (first >= 0) return first;
        }

        return -1;
    }
}
