namespace SkillMeat.Toml;

/// <summary>
/// The text as a linked list of items, so that an edit costs the same at any place. The document is one such list,
/// and each pair of braces (or of brackets around tables) is another; all of them are in one store.
/// </summary>
internal sealed class TextChain(TextBuffer buffer)
{
    public TextBuffer Buffer => buffer;

    public ChunkedList<TextItem> Items { get; } = new();

    public ref TextItem this[int item] => ref Items[item];

    public ReadOnlySpan<byte> Lead(int item) => buffer.Slice(Items[item].LeadStart, Items[item].LeadEnd);

    public ReadOnlySpan<byte> Body(int item) => buffer.Slice(Items[item].Start, Items[item].End);

    /// <summary>Starts a list that consists of its two edges.</summary>
    public (int Head, int Tail) AddEdges()
    {
        var head = Items.Add(new TextItem { Kind = TextItemKind.Edge, Previous = -1, Entry = -1 });
        var tail = Items.Add(new TextItem { Kind = TextItemKind.Edge, Previous = head, Next = -1, Entry = -1 });
        Items[head].Next = tail;
        return (head, tail);
    }

    public int InsertBefore(int next, TextItem item)
    {
        item.Previous = Items[next].Previous;
        item.Next = next;
        var index = Items.Add(item);
        Items[item.Previous].Next = index;
        Items[next].Previous = index;
        return index;
    }

    public int InsertAfter(int previous, in TextItem item) => InsertBefore(Items[previous].Next, item);

    public void Unlink(int index)
    {
        ref var item = ref Items[index];
        Items[item.Previous].Next = item.Next;
        Items[item.Next].Previous = item.Previous;
        item.Kind = TextItemKind.Removed;
    }

    public int NextBesidesTrivia(int item)
    {
        do item = Items[item].Next;
        while (Items[item].Kind == TextItemKind.Trivia);
        return item;
    }

    public void SetLead(int item, ReadOnlySpan<byte> lead)
    {
        var start = buffer.Add(lead);
        Items[item].LeadStart = start;
        Items[item].LeadEnd = start + lead.Length;
    }

    /// <summary>Replaces the value in an item with other bytes; the text before and after it stays.</summary>
    public void SetValue(int item, ReadOnlySpan<byte> value)
    {
        var old = Items[item];
        var start = buffer.Add(buffer.Slice(old.Start, old.ValueStart));
        var valueStart = buffer.Add(value);
        var valueEnd = buffer.Add(buffer.Slice(old.ValueEnd, old.End));
        ref var changed = ref Items[item];
        changed.Start = start;
        changed.ValueStart = valueStart;
        changed.ValueEnd = valueEnd;
        changed.End = buffer.Length;
    }
}
