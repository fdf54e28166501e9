using System.Collections;
using System.Runtime.CompilerServices;

namespace SkillMeat.Collections;

/// <summary>
/// An immutable list of strings with value equality, written as one comma-separated line where a single string is wanted, such as in a CSV file.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. Implements the non-generic <see cref="IList"/>, because PowerShell then treats an empty list as false. It treats other countable objects as true.
/// </remarks>
[CollectionBuilder(typeof(TextValues), nameof(Create))]
public sealed class TextValues : IReadOnlyList<string>, IList, IEquatable<TextValues>
{
    private const string ReadOnlyMessage = "This list is read-only.";

    private static readonly TextValues _none = new([]);

    private readonly string[] _items;

    private TextValues(string[] items)
    {
        _items = items;
    }

    /// <summary>The number of items.</summary>
    public int Count => _items.Length;

    /// <summary>Gets an item.</summary>
    /// <param name="index">The index, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">The index is out of range.</exception>
    public string this[int index] => _items[index];

    bool IList.IsFixedSize => true;

    bool IList.IsReadOnly => true;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    object? IList.this[int index]
    {
        get => _items[index];
        set => throw new NotSupportedException(ReadOnlyMessage);
    }

    /// <summary>Creates a list, for collection expressions.</summary>
    /// <param name="items">The items.</param>
    /// <returns>The list.</returns>
    public static TextValues Create(ReadOnlySpan<string> items) => items.IsEmpty ? _none : new(items.ToArray());

    /// <summary>Creates a list from a sequence.</summary>
    /// <param name="items">The items.</param>
    /// <returns>The list.</returns>
    public static TextValues Of(IEnumerable<string> items) => items as TextValues ?? Create(items.ToArray());

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_items).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(TextValues? other) => other is not null && _items.AsSpan().SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextValues);

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Aggregate(_items.Length, HashCode.Combine);

    /// <summary>Joins the items with commas.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => string.Join(", ", _items);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection.CopyTo(Array array, int index) => _items.CopyTo(array, index);

    bool IList.Contains(object? value) => Array.IndexOf(_items, value) >= 0;

    int IList.IndexOf(object? value) => Array.IndexOf(_items, value);

    int IList.Add(object? value) => throw new NotSupportedException(ReadOnlyMessage);

    void IList.Clear() => throw new NotSupportedException(ReadOnlyMessage);

    void IList.Insert(int index, object? value) => throw new NotSupportedException(ReadOnlyMessage);

    void IList.Remove(object? value) => throw new NotSupportedException(ReadOnlyMessage);

    void IList.RemoveAt(int index) => throw new NotSupportedException(ReadOnlyMessage);
}
