using System.Collections;

namespace SkillMeat.Toml;

/// <summary>An array whose elements are all tables, under <c>[[headers]]</c> or inline.</summary>
internal sealed class TomlTableArray : IReadOnlyList<TomlTable>
{
    private readonly string? _name;
    private readonly int _key = -1;
    private List<TomlTable> _elements = [];

    public TomlTableArray(TomlTable parent, int key, InlineBlock? block)
    {
        Parent = parent;
        _key = key;
        Block = block;
    }

    /// <summary>Creates an array that has no text yet.</summary>
    public TomlTableArray(TomlTable parent, string name)
    {
        Parent = parent;
        _name = name;
    }

    public TomlTable Parent { get; }

    /// <summary>The key's id. Of an array without text, only a change may use it.</summary>
    public int Key => _name is null ? _key : Parent.Document.Keys.Add(_name);

    /// <summary>The brackets of an inline array; null for one under headers.</summary>
    public InlineBlock? Block { get; private set; }

    /// <summary>Whether the array is in the text of the document.</summary>
    public bool IsAttached { get; set; }

    public int Count => _elements.Count;

    public TomlTable this[int index] => _elements[index];

    public IEnumerator<TomlTable> GetEnumerator() => _elements.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Writes an element after the last one and everything that belongs to it.</summary>
    /// <exception cref="InvalidOperationException">The parent table was removed, or now has another value of that name.</exception>
    public TomlTable Add() => new TomlEditor(Parent.Document).AddElement(this);

    /// <summary>Removes an element with its sub-tables and the comments directly above it. Removing the last element of an array under headers removes the array.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="InvalidOperationException">The parent table was removed.</exception>
    public void RemoveAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        Remove(new HashSet<TomlTable> { _elements[index] });
    }

    /// <summary>Removes elements as <see cref="RemoveAt"/> does, in one pass over the array.</summary>
    /// <param name="elements">Elements of this array.</param>
    /// <exception cref="InvalidOperationException">The parent table was removed.</exception>
    public void Remove(IReadOnlySet<TomlTable> elements) => new TomlEditor(Parent.Document).RemoveElements(this, elements);

    /// <summary>Brings the elements into another order, each with its sub-tables and comments.</summary>
    /// <param name="order">All elements of this array, in the new order.</param>
    /// <returns>False if other tables stand between the lines of one element, so that it cannot be moved. Nothing changes then.</returns>
    /// <exception cref="InvalidOperationException">The parent table was removed.</exception>
    public bool TryReorder(IReadOnlyList<TomlTable> order) => _elements.SequenceEqual(order) || new TomlEditor(Parent.Document).TryReorder(this, order);

    /// <summary>Takes over the order of the text.</summary>
    public void SetOrder(IReadOnlyList<TomlTable> order) => _elements = [.. order];

    public TomlTable AddElement(TomlTableKind kind, int depth)
    {
        var element = new TomlTable(Parent.Document, Parent, Key, kind, depth) { ElementOf = this };
        _elements.Add(element);
        return element;
    }

    public void ForgetElements(IReadOnlySet<TomlTable> elements) => _elements.RemoveAll(elements.Contains);

    /// <summary>Detaches the array from the document; its elements can no longer be changed.</summary>
    public void Detach()
    {
        foreach (var element in _elements) element.IsRemoved = true;
        _elements = [];
        Block = null;
        IsAttached = false;
    }

    /// <summary>Takes over the newly read content of this array.</summary>
    public void Attach(TomlTableArray read)
    {
        Block = read.Block;
        IsAttached = true;
        foreach (var element in read)
        {
            var own = AddElement(element.Kind, element.Depth);
            own.Block = element.Block;
            own.Head = element.Head;
            own.LastItem = element.LastItem;
        }
    }
}
