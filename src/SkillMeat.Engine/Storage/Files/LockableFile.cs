using Microsoft.Win32.SafeHandles;

namespace SkillMeat.Storage.Files;

/// <summary>An open file that releases its lock when it is disposed, as those do that .NET opened.</summary>
internal sealed class LockableFile(SafeFileHandle handle) : FileStream(handle, FileAccess.ReadWrite, bufferSize: 0)
{
    protected override void Dispose(bool disposing)
    {
        if (disposing && !OperatingSystem.IsWindows() && !SafeFileHandle.IsClosed) Posix.Unlock(SafeFileHandle);
        base.Dispose(disposing);
    }
}
