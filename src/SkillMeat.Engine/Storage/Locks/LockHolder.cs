using System.Globalization;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Locks;

/// <summary>Who holds a lock. It lies beside the lock file, because Windows lets nobody read that one while it is held.</summary>
/// <param name="Program">The program's name.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Machine">The machine it runs on; homes can lie on a network drive.</param>
/// <param name="Since">When it got the lock, in UTC.</param>
internal sealed record LockHolder(string Program, int ProcessId, string Machine, DateTimeOffset Since)
{
    public static LockHolder Me(TimeProvider time) =>
        new(ProgramName(Environment.ProcessPath), Environment.ProcessId, Environment.MachineName, time.GetUtcNow());

    /// <summary>What the holder wrote; null when nobody did, or when it is being written this moment.</summary>
    public static LockHolder? Read(string path)
    {
        try
        {
            using var file = Disk.OpenRead(path);
            using var json = JsonDocument.Parse(file);
            var root = json.RootElement;
            return new LockHolder(root.GetProperty("program").GetString() ?? "a program", root.GetProperty("process_id").GetInt32(),
                root.GetProperty("machine").GetString() ?? "this machine", root.GetProperty("since").GetDateTimeOffset());
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e) || e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Tells others. That it can't be told (on a full disk, say) makes the lock no weaker, so it only makes their message poorer.</summary>
    public bool TryWrite(string path, Disk disk)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("program", Program);
            json.WriteNumber("process_id", ProcessId);
            json.WriteString("machine", Machine);
            json.WriteString("since", Since.UtcDateTime);
            json.WriteEndObject();
        }

        try
        {
            disk.Mark(StorageStep.WriteHolder, path, buffer.ToArray());
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    public override string ToString() =>
        $"{Program} (process {ProcessId} on {Machine}) since {Since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)}";

    // Only Windows has an ending to cut; elsewhere a dot is part of the name.
    private static string ProgramName(string? path) => path is null ? "dotnet"
        : path.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(path)
        : Path.GetFileName(path);
}
