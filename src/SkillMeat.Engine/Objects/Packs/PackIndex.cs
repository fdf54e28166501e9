namespace SkillMeat.Objects.Packs;

/// <summary>Reads and writes the index of a pack, as defined in <see cref="PackFormat"/>.</summary>
internal static class PackIndex
{
    private const int KindBits = 3;

    public static void Write(ByteWriter target, IReadOnlyList<PackBlock> blocks, IReadOnlyList<PackedObject> objects)
    {
        var counts = new int[blocks.Count];
        foreach (var one in objects) counts[one.Block]++;
        target.Number(blocks.Count);
        for (var i = 0; i < counts.Length; i++)
        {
            target.Number(blocks[i].StoredLength);
            target.Number(((long)blocks[i].Length * 2) + (blocks[i].IsCompressed ? 1 : 0));
            target.Number(counts[i]);
        }

        foreach (var one in objects) target.Number(((long)one.Length << KindBits) | (long)one.Kind);
        foreach (var one in objects) target.Id(one.Id);
    }

    /// <summary>Reads an index whose checksum was verified.</summary>
    /// <exception cref="InvalidDataException">The index is inconsistent.</exception>
    public static (PackBlock[] Blocks, PackedObject[] Objects) Read(ReadOnlySpan<byte> index)
    {
        var reader = new ByteReader(index);
        var blocks = new PackBlock[reader.Count(index.Length)];
        var counts = new int[blocks.Length];
        var position = (long)PackFormat.HeaderLength;
        var total = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            var stored = reader.Count(PackFormat.MaxBlockLength);
            var length = reader.Number();
            blocks[i] = new PackBlock(position, stored, checked((int)Math.Min(length / 2, int.MaxValue)), length % 2 == 1);
            if (blocks[i].Length > PackFormat.MaxBlockLength) throw new InvalidDataException("a block is too long");
            counts[i] = reader.Count(index.Length);
            total = checked(total + counts[i]);
            position += stored;
        }

        if (total > reader.Left / (ObjectId.Length + 1)) throw new InvalidDataException("its index ends unexpectedly");
        return (blocks, ReadObjects(ref reader, blocks, counts, total));
    }

    private static PackedObject[] ReadObjects(ref ByteReader reader, PackBlock[] blocks, int[] counts, int total)
    {
        var objects = new PackedObject[total];
        var next = 0;
        for (var block = 0; block < blocks.Length; block++)
        {
            var offset = 0;
            for (var left = counts[block]; left > 0; left--)
            {
                var number = reader.Number();
                var (kind, length) = ((ObjectKind)(number & ((1 << KindBits) - 1)), number >> KindBits);
                if (kind is < ObjectKind.Blob or > ObjectKind.Tree || length > blocks[block].Length - offset) throw new InvalidDataException("an object is not within its block");
                objects[next++] = new PackedObject(default, kind, block, offset, (int)length);
                offset += (int)length;
            }

            if (offset != blocks[block].Length) throw new InvalidDataException("a block has bytes that belong to no object");
        }

        for (var i = 0; i < objects.Length; i++) objects[i] = objects[i] with { Id = reader.Id() };
        return reader.IsAtEnd ? objects : throw new InvalidDataException("its index has extra bytes");
    }
}
