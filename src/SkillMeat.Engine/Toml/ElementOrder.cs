namespace SkillMeat.Toml;

/// <summary>Moves the elements of an array of tables, each with its lines, its sub-tables and the comments that belong to them. Free-standing comments stay in their place.</summary>
internal sealed class ElementOrder(TomlDocument document)
{
    private readonly TextChain _text = document.Text;

    /// <summary>Brings the text of the elements into another order.</summary>
    /// <param name="array">The array.</param>
    /// <param name="order">All its elements, in the new order.</param>
    /// <returns>False if other tables stand between the lines of one element, so that it cannot be moved. Nothing changes then.</returns>
    public bool TryApply(TomlTableArray array, IReadOnlyList<TomlTable> order)
    {
        var places = array.Block is { } block ? PlacesOf(block) : array.Select(PlaceOf).ToList();
        if (places.Contains(null)) return false;
        var pieces = places.ConvertAll(place => place!);
        Reorder(pieces, [.. order.Select(element => pieces[IndexOf(array, element)])], array.Block is null || pieces.Exists(HasComment));
        return true;
    }

    private static int IndexOf(TomlTableArray array, TomlTable element)
    {
        var index = 0;
        while (array[index] != element) index++;
        return index;
    }

    private List<Piece?> PlacesOf(InlineBlock block)
    {
        var places = new List<Piece?>();
        for (var item = _text[block.Head].Next; item != block.Tail; item = _text[item].Next)
        {
            var above = InlineEditor.RestOfLineAbove(_text.Lead(item));
            places.Add(new Piece(item, item, above, above, [.. _text.Lead(_text[item].Next)[..InlineEditor.RestOfLineAbove(_text.Lead(_text[item].Next))]]));
        }

        return places;
    }

    // The lines of the element and of its sub-tables, or null if another table stands between them.
    private Piece? PlaceOf(TomlTable element)
    {
        var heads = new HashSet<int>();
        AddHeads(element, heads);
        var last = element.Head;
        var count = 1;
        for (var item = _text[last].Next; _text[item].Kind != TextItemKind.Edge; item = _text[item].Next)
        {
            if (_text[item].Kind == TextItemKind.Header && !heads.Contains(item)) break;
            if (_text[item].Kind == TextItemKind.Header) count++;
            last = item;
        }

        if (count < heads.Count) return null;
        var lead = _text.Lead(element.Head);
        var above = LineText.LengthBelongingAbove(lead);
        var next = _text[last].Next;
        var below = _text.Lead(next);
        var tail = next == document.Tail ? LineText.CommentsLength(below) : LineText.LengthBelongingAbove(below);
        return new Piece(element.Head, last, above, Math.Max(above, LineText.OwnStart(lead)), [.. below[..tail]]);
    }

    private void AddHeads(TomlTable table, HashSet<int> heads)
    {
        if (table.Kind == TomlTableKind.Header) heads.Add(table.Head);
        for (var entry = table.FirstEntry; entry >= 0; entry = document.Entries[entry].Next)
        {
            var container = document.Entries[entry].Container;
            if (container is TomlTable { Kind: not TomlTableKind.Inline } child) AddHeads(child, heads);
            else if (container is TomlTableArray { Block: null } array)
                foreach (var element in array) AddHeads(element, heads);
        }
    }

    private bool HasComment(Piece piece) => _text.Lead(piece.First)[piece.OwnStart..].Contains((byte)'#');

    private void Reorder(List<Piece> places, List<Piece> order, bool leadsMove)
    {
        var leads = places.ConvertAll(place => _text.Lead(place.First).ToArray());
        var follows = places.ConvertAll(place => _text[place.Last].Next);
        var befores = places.ConvertAll(place => _text[place.First].Previous);
        for (var i = 0; i < places.Count; i++)
        {
            var piece = order[i];
            var (place, own) = (leads[i], leads[places.IndexOf(piece)]);
            var isBehindAnother = i > 0 && befores[i] == places[i - 1].Last;
            var above = isBehindAnother ? Closed(order[i - 1].Tail) : place[..places[i].Above];
            _text.SetLead(piece.First, leadsMove ? [.. above, .. place[places[i].Above..places[i].OwnStart], .. own[piece.OwnStart..]] : [.. above, .. place[places[i].Above..]]);
            Link(isBehindAnother ? order[i - 1].Last : befores[i], piece.First);
            if (i + 1 < places.Count && follows[i] == places[i + 1].First) continue;
            Link(piece.Last, follows[i]);
            var below = _text.Lead(follows[i])[places[i].Tail.Length..].ToArray();
            _text.SetLead(follows[i], [.. below.Length > 0 ? Closed(piece.Tail) : piece.Tail, .. below]);
        }
    }

    private byte[] Closed(byte[] tail) => tail.Length == 0 || tail[^1] == '\n' ? tail : [.. tail, .. System.Text.Encoding.UTF8.GetBytes(document.NewLine)];

    private void Link(int previous, int next)
    {
        _text[previous].Next = next;
        _text[next].Previous = previous;
    }

    /// <summary>The text of an element.</summary>
    /// <param name="First">The first item.</param>
    /// <param name="Last">The last item.</param>
    /// <param name="Above">The length of the part of its lead that belongs to the text above it.</param>
    /// <param name="OwnStart">The start of the part of its lead that belongs to it.</param>
    /// <param name="Tail">The comments after its last item that belong to it.</param>
    private sealed record Piece(int First, int Last, int Above, int OwnStart, byte[] Tail);
}
