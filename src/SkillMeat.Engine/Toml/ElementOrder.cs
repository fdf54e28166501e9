namespace SkillMeat.Toml;

/// <summary>Moves the elements of an array of tables, each with its lines, its sub-tables and the comments that belong to them. Free-standing comments stay in their place.</summary>
/// <param name="document">The document.</param>
/// <param name="array">The array.</param>
internal sealed class ElementOrder(TomlDocument document, TomlTableArray array)
{
    private readonly TextChain _text = document.Text;

    /// <summary>Brings the text of the elements into another order.</summary>
    /// <param name="order">All elements of the array, in the new order.</param>
    /// <returns>False if other tables stand between the lines of one element, so that it cannot be moved. Nothing changes then.</returns>
    public bool TryApply(IReadOnlyList<TomlTable> order)
    {
        var places = array.Block is { } block ? PlacesOf(block) : array.Select(PlaceOf).ToList();
        if (places.Contains(null)) return false;
        var pieces = places.ConvertAll(place => place!);
        Reorder(pieces, [.. order.Select(element => pieces[IndexOf(element)])], leadsMove: array.Block is null || pieces.Exists(HasComment));
        return true;
    }

    private int IndexOf(TomlTable element)
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
            var above = CommentLength(_text.Lead(item));
            var below = _text.Lead(_text[item].Next);
            places.Add(new Piece(item, item, above, above, [.. below[..CommentLength(below)]]));
        }

        return places;
    }

    // A comment beside the element before the lead, without its line end.
    private static int CommentLength(ReadOnlySpan<byte> lead) => lead[..InlineEditor.RestOfLineAbove(lead)].TrimEnd("\r\n"u8).Length;

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
            var above = isBehindAnother ? order[i - 1].Tail : place[..places[i].Above];
            _text.SetLead(piece.First, Join(above, leadsMove ? [.. place[places[i].Above..places[i].OwnStart], .. own[piece.OwnStart..]] : place[places[i].Above..]));
            Link(isBehindAnother ? order[i - 1].Last : befores[i], piece.First);
            if (i + 1 < places.Count && follows[i] == places[i + 1].First) continue;
            Link(piece.Last, follows[i]);
            var below = _text.Lead(follows[i])[places[i].Tail.Length..].ToArray();
            _text.SetLead(follows[i], Join(piece.Tail, below));
        }
    }

    // The comment at the end of a file may have no line end, and one in brackets is followed by the line end of the next element.
    private byte[] Join(byte[] tail, byte[] lead)
    {
        var isClosed = tail.Length == 0 || tail[^1] == '\n' || (array.Block is not null ? lead is [(byte)'\r' or (byte)'\n', ..] : lead.Length == 0);
        return isClosed ? [.. tail, .. lead] : [.. tail, .. System.Text.Encoding.UTF8.GetBytes(document.NewLine), .. lead];
    }

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
