using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace SkillMeat.Serving;

/// <summary>A folder of Windows that only its owner can read. Files in it inherit that.</summary>
[SupportedOSPlatform("windows")]
internal static class OwnerFolder
{
    /// <summary>Creates the folder, or closes one that is there to others.</summary>
    public static void Create(string path)
    {
        var security = new DirectorySecurity();
        // Without what the folder above grants to others.
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(Me(), FileSystemRights.FullControl, InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
        var folder = new DirectoryInfo(path);
        if (folder.LinkTarget is not null) throw new IOException("It is a link. Remove it.");
        if (folder.Exists) folder.SetAccessControl(security);
        else folder.Create(security);
    }

    /// <summary>Whether nobody but the owner is granted anything.</summary>
    public static bool IsPrivate(FileInfo file)
    {
        var me = Me();
        return file.GetAccessControl().GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)).OfType<FileSystemAccessRule>()
            .All(rule => rule.AccessControlType == AccessControlType.Deny || rule.IdentityReference.Equals(me));
    }

    private static SecurityIdentifier Me()
    {
        using var identity = WindowsIdentity.GetCurrent();
        return identity.User ?? throw new UnauthorizedAccessException("This process has no user.");
    }
}
