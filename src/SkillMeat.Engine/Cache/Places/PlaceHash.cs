using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using SkillMeat.Objects.Scanning;
using SkillMeat.Storage;

namespace SkillMeat.Cache.Places;

/// <summary>One hash over the stamps of many files and folders. Not thread-safe.</summary>
internal sealed class PlaceHash
{
    /// <summary>The length in bytes.</summary>
    public const int Length = 16;

    private const int StampLength = 40;
    private const byte Missing = 0xff;

    private byte[] _bytes = new byte[4096];
    private int _length;

    /// <summary>Calculates the hash of the stamps that places have now.</summary>
    /// <param name="root">The full path of the folder to which the paths refer.</param>
    /// <param name="places">The paths in UTF-8, each with a zero at its end. Full paths are allowed.</param>
    /// <exception cref="Errors.StorageException">The system reported an error.</exception>
    public static byte[] Of(string root, ReadOnlySpan<byte> places)
    {
        using var stamps = new StampReader(root);
        return Of(stamps, root, places);
    }

    /// <param name="stamps">Reads the stamps.</param>
    /// <param name="root">The full path of its folder.</param>
    /// <param name="places">The paths.</param>
    /// <inheritdoc cref="Of(string, ReadOnlySpan{byte})"/>
    public static byte[] Of(StampReader stamps, string root, ReadOnlySpan<byte> places)
    {
        return new PlaceHash().OfAll(stamps, root, places);
    }

    /// <summary>Calculates the hash of the stamps that places have now, in the memory of this object.</summary>
    /// <inheritdoc cref="Of(StampReader, string, ReadOnlySpan{byte})"/>
    public byte[] OfAll(StampReader stamps, string root, ReadOnlySpan<byte> places)
    {
        _length = 0;
        while (!places.IsEmpty)
        {
            var end = places.IndexOf((byte)0) + 1;
            if (end == 0) throw new Database.DamagedRowException();
            var path = places[..end];
            if (!stamps.TryRead(path, out var stamp)) AddMissing();
            else Add(stamp, root, path);
            places = places[end..];
        }

        return Finish();
    }

    /// <summary>Adds a path at which nothing is.</summary>
    public void AddMissing()
    {
        Reserve(1);
        _bytes[_length++] = Missing;
    }

    /// <summary>Adds a file or folder. A folder whose stamp does not record changes of its list is listed.</summary>
    public void Add(in FileStamp stamp, string root, ReadOnlySpan<byte> path)
    {
        Reserve(StampLength);
        var target = _bytes.AsSpan(_length);
        BinaryPrimitives.WriteInt64LittleEndian(target, ((long)stamp.Mode << 8) | (long)stamp.Type);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], stamp.Size);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], stamp.Modified);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], stamp.Changed);
        BinaryPrimitives.WriteUInt64LittleEndian(target[32..], stamp.Inode);
        _length += StampLength;
        if (stamp.Type != FileType.Folder || stamp.RecordsListChanges) return;
        var folder = Path.Combine(root, Encoding.UTF8.GetString(path[..^1]));
        var names = StorageGuard.Run("read", folder, () => Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder, "*", new EnumerationOptions { AttributesToSkip = 0 }) : []);
        foreach (var name in names.Order(StringComparer.Ordinal)) Add(Encoding.UTF8.GetBytes(name));
    }

    /// <summary>Returns the hash.</summary>
    public byte[] Finish()
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.AsSpan(0, _length), whole);
        return whole[..Length].ToArray();
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length + 1);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
        _bytes[_length++] = 0;
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - _length < more) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
    }
}
