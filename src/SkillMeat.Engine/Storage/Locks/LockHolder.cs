using System.Globalization;
using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Locks;

/// <summary>The process that holds a lock. It is stored beside the lock file, because Windows does not allow reading that while it is held.</summary>
/// <param name="Program">The name of the program.</param>
/// <param name="ProcessId">The process id.</param>
/// <param name="Machine">The name of the machine, because homes can be on network drives.</param>
/// <param name="Since">The time at which it acquired the lock, in UTC.</param>
internal sealed record LockHolder(string Program, int ProcessId, string Machine, DateTimeOffset Since)
{
    private const int MostBytes = 16 * 1024;

    public static LockHolder Current(TimeProvider time) =>
        new(ProgramName(Environment.ProcessPath), Environment.ProcessId, Environment.MachineName, time.GetUtcNow());

    /// <summary>Reads the holder. Null if it was not written, or is being written at this moment.</summary>
    public static LockHolder? Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(RegularFile.ReadAllBytes(path, MostBytes, LinkUse.Refuse));
            var root = json.RootElement;
            return new LockHolder(root.GetProperty("program").GetString() ?? "a program", root.GetProperty("process_id").GetInt32(),
                root.GetProperty("machine").GetString() ?? "this machine", root.GetProperty("since").GetDateTimeOffset());
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e) || e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes the holder for other processes. A failure, such as a full disk, only makes their messages less helpful.</summary>
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

    // Only Windows has an extension to remove; elsewhere a dot is part of the name.
    private static string ProgramName(string? path) => path is null ? "dotnet"
        : path.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(path)
        : Path.GetFileName(path);
}
