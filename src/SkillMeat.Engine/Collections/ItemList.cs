using System.Collections;
using System.Runtime.CompilerServices;

namespace SkillMeat.Collections;

/// <summary>
/// An immutable list with value equality, written as one line of its items' texts where a single string is wanted, such as in a CSV file.
/// </summary>
/// <typeparam name="T">The type of the items, whose <see cref="object.ToString"/> describes them in one line.</typeparam>
/// <remarks>
/// Immutable and thread-safe. Implements the non-generic <see cref="IList"/>, because PowerShell then treats an empty list as false. It treats other countable objects as true.
/// </remarks>
[CollectionBuilder(typeof(ItemListBuilder), nameof(ItemListBuilder.Create))]
public sealed class ItemList<T> : IReadOnlyList<T>, IList, IEquatable<ItemList<T>>
{
    private const string ReadOnlyMessage = "This list is read-only.";

    private readonly T[] _items;

    internal ItemList(T[] items)
    {
        _items = items;
    }

    /// <summary>The number of items.</summary>
    public int Count => _items.Length;

    /// <summary>Gets an item.</summary>
    /// <param name="index">The index, from 0.</param>
    /// <exception cref="IndexOutOfRangeException">The index is out of range.</exception>
    public T this[int index] => _items[index];

    bool IList.IsFixedSize => true;

    bool IList.IsReadOnly => true;

    bool ICollection.IsSynchronized => false;

    object ICollection.SyncRoot => this;

    object? IList.this[int index]
    {
        get => _items[index];
        set => throw new NotSupportedException(ReadOnlyMessage);
    }

    internal static ItemList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(ItemList<T>? other) => other is not null && _items.SequenceEqual(other._items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ItemList<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => _items.Aggregate(_items.Length, HashCode.Combine);

    /// <summary>Joins the texts of the items with semicolons.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => string.Join("; ", _items);

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
