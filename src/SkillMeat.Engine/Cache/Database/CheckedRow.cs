using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SkillMeat.Cache.Database;

/// <summary>
/// Reads rows whose columns end with their checksum (<see cref="RowSum"/>), for queries of many rows: the values are copied once from where SQLite has them, checked there, and made texts only when they are asked
/// for. One object reads one row after another. Not thread-safe.
/// </summary>
internal sealed class CheckedRow(int count)
{
    private const int FewBytes = 512;
    private const int MostDigits = 20;

    private readonly (int Start, int Length)[] _places = new (int, int)[count];
    private readonly long?[] _numbers = new long?[count];
    private byte[] _bytes = new byte[FewBytes];
    private int _length;

    /// <summary>Reads the columns of a row from an index on, and checks them.</summary>
    /// <exception cref="DamagedRowException">The checksum after them is another one.</exception>
    public void Read(SqliteDataReader row, int first)
    {
        var statement = row.Handle!;
        _length = 0;
        for (var i = 0; i < count; i++)
        {
            _numbers[i] = null;
            switch (raw.sqlite3_column_type(statement, first + i))
            {
                case raw.SQLITE_NULL:
                    Write(i, default, isNull: true);
                    break;
                case raw.SQLITE_INTEGER:
                    var number = raw.sqlite3_column_int64(statement, first + i);
                    _numbers[i] = number;
                    Write(i, number);
                    break;
                case raw.SQLITE_TEXT or raw.SQLITE_BLOB:
                    Write(i, raw.sqlite3_column_blob(statement, first + i), isNull: false);
                    break;
                default:
                    throw new DamagedRowException();
            }
        }

        Span<byte> sum = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.AsSpan(0, _length), sum);
        if (raw.sqlite3_column_int64(statement, first + count) != BitConverter.ToInt64(sum)) throw new DamagedRowException();
    }

    /// <summary>Returns the text of a column, or null.</summary>
    /// <exception cref="DamagedRowException">It is a number.</exception>
    public string? Text(int column) => _places[column].Length < 0 ? null : _numbers[column] is null ? Encoding.UTF8.GetString(Bytes(column)) : throw new DamagedRowException();

    /// <summary>Returns the number of a column, or null.</summary>
    /// <exception cref="DamagedRowException">It is a text.</exception>
    public long? Number(int column) => _numbers[column] ?? (_places[column].Length < 0 ? null : throw new DamagedRowException());

    /// <summary>Returns the time of a column, or null.</summary>
    public DateTimeOffset? Time(int column) => Number(column) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Returns the text of a column, which is the given one if it is equal: many rows have the same.</summary>
    public string? Text(int column, string? likely) => likely is not null && _numbers[column] is null && likely.Length == _places[column].Length && Ascii.Equals(Bytes(column), likely) ? likely : Text(column);

    private ReadOnlySpan<byte> Bytes(int column) => _bytes.AsSpan(_places[column].Start, _places[column].Length);

    private void Write(int column, long number)
    {
        Span<byte> digits = stackalloc byte[MostDigits];
        number.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        Write(column, digits[..length], isNull: false);
    }

    private void Write(int column, ReadOnlySpan<byte> value, bool isNull)
    {
        var most = _length + sizeof(int) + value.Length;
        if (_bytes.Length < most) Array.Resize(ref _bytes, Math.Max(most, 2 * _bytes.Length));
        BitConverter.TryWriteBytes(_bytes.AsSpan(_length), isNull ? -1 : value.Length);
        value.CopyTo(_bytes.AsSpan(_length + sizeof(int)));
        _places[column] = (_length + sizeof(int), isNull ? -1 : value.Length);
        _length = most;
    }
}
