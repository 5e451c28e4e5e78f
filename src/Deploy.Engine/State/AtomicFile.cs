using System.Runtime.InteropServices;

namespace Deploy.Engine.State;

/// <summary>Writes files so that a reader, or the next run after a crash, sees either the old content or the new.</summary>
internal static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Write(string path, byte[] content, bool ownerOnly = false, bool replace = true) => Write(path, stream => stream.Write(content), ownerOnly, replace);

    /// <summary>Copies a file of state: for its owner only, whoever could read the original.</summary>
    public static void Copy(string from, string to)
    {
        using var source = File.OpenRead(from);
        Write(to, source.CopyTo, ownerOnly: true);
    }

    public static void Write(string path, Action<Stream> content, bool ownerOnly = false, bool replace = true)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = Open(temporary, ownerOnly))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            MoveInto(temporary, path, replace);
        }
        finally
        {
            File.Delete(temporary);
        }

        SyncFolder(folder);
    }

    /// <summary>A new file, which others may read while it is written.</summary>
    public static FileStream Open(string path, bool ownerOnly, int bufferSize = 4096)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = bufferSize };
        if (ownerOnly && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new(path, options);
    }

    /// <summary>Makes a folder of this toolkit's own, with a <c>.gitignore</c> that ignores everything in it.</summary>
    public static void EnsureOwnFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        var ignore = Path.Combine(folder, ".gitignore");
        if (!File.Exists(ignore))
        {
            File.WriteAllText(ignore, "*\n");
        }
    }

    /// <summary>A rename survives a power cut only when its folder is on disk, too.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // .NET opens no folders; the system does.
        var descriptor = OpenFolder(folder, 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {folder} cannot be opened (errno {Marshal.GetLastPInvokeError()}).");
        }

        try
        {
            // Some file systems cannot synchronize a folder and say so; there is nothing more to do on them.
            _ = Synchronize(descriptor);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int OpenFolder([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Synchronize(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);

    private static void MoveInto(string temporary, string path, bool replace)
    {
        try
        {
            File.Move(temporary, path, replace);
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            // Another process made it first; its content is as good as ours.
        }
    }
}
