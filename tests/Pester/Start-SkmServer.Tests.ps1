#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
# Start-, Get- and Stop-SkmServer, with real servers.
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:skm = Find-Skm

    function Open-Server {
        # Starts a server at any free port.
        param([Parameter(Mandatory)] [string] $Path)

        Start-SkmServer -Port 0 -Path $skm -SkillMeatHome $Path
    }

    function Send-Request {
        # Asks a server about itself, and returns the answer.
        param([Parameter(Mandatory)] $Server)

        Invoke-RestMethod -Uri "$($Server.Url)api/v1/info" -Authentication Bearer -Token $Server.Token -AllowUnencryptedAuthentication
    }

    function Add-Program {
        # Makes a program that stands in for skm.
        [OutputType([string])]
        param([Parameter(Mandatory)] [string] $Text)

        $path = Join-Path $TestDrive "program-$([guid]::NewGuid())"
        Write-Text -Path $path -Text "#!/bin/sh`n$Text`n"
        & chmod +x $path
        $path
    }

    function Test-Alive {
        [OutputType([bool])]
        param([Parameter(Mandatory)] [int] $Id)

        [bool](Get-Process -Id $Id -ErrorAction Ignore)
    }

    function Wait-End {
        # Its parent, which may be this process, learns of its end a moment later.
        param([Parameter(Mandatory)] [int] $Id)

        Wait-Until -What "the end of process $Id" -Seconds 3 -Condition { -not (Test-Alive -Id $Id) }
    }
}

Describe 'A server' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive "it's $([guid]::NewGuid())")
        $script:homes = @($sample)
    }

    AfterEach {
        $homes | ForEach-Object { Stop-SkmServer -SkillMeatHome $_ }
    }

    It 'starts, answers who has its token, and stops' {
        Get-SkmServer -SkillMeatHome $sample | Should -BeNullOrEmpty
        $server = Open-Server -Path $sample
        $server.Url | Should -BeOfType ([uri])
        "$($server.Url)" | Should -Be "http://127.0.0.1:$($server.Port)/"
        $server.Home | Should -Be $sample
        $server.StartedAt | Should -BeOfType ([System.DateTimeOffset])
        $server.StartedAt.Offset | Should -Be ([timespan]::Zero)

        $info = Send-Request -Server $server
        $info.process_id | Should -Be $server.ProcessId
        $info.home | Should -Be $sample
        $info.version | Should -Be $server.Version
        { Invoke-RestMethod -Uri "$($server.Url)api/v1/info" } | Should -Throw '*401*'

        $found = Get-SkmServer -SkillMeatHome $sample
        $found.ProcessId | Should -Be $server.ProcessId
        $found.Url | Should -Be $server.Url
        (Send-Request -Server $found).process_id | Should -Be $server.ProcessId

        $stopped = Stop-SkmServer -PassThru -SkillMeatHome $sample
        $stopped.ProcessId | Should -Be $server.ProcessId
        Get-SkmServer -SkillMeatHome $sample | Should -BeNullOrEmpty
        Wait-End -Id $server.ProcessId
        Get-ChildItem -Path (Join-Path $sample 'service/*.running.json') | Should -BeNullOrEmpty
        Stop-SkmServer -PassThru -SkillMeatHome $sample | Should -BeNullOrEmpty
    }

    It 'shows its token nowhere' {
        $server = Open-Server -Path $sample
        $token = [System.IO.File]::ReadAllText((Join-Path $sample 'service/token')).Trim()
        $server.Token | ConvertFrom-SecureString -AsPlainText | Should -BeExactly $token
        $texts = @(
            $server | Format-View; $server | Format-List | Format-View; $server | Format-List -Property * | Format-View; $server | ConvertTo-Json -Depth 4; $server | ConvertTo-Csv; "$server"
            & { Start-SkmServer -Path $skm -SkillMeatHome $sample -Verbose 4>&1 } | Out-String
            [System.Management.Automation.PSSerializer]::Serialize($server)
        )
        $texts -join "`n" | Should -Match $server.ProcessId
        $texts -join "`n" | Should -Not -Match ([regex]::Escape($token))
        if ($IsLinux) {
            [System.IO.File]::ReadAllText("/proc/$($server.ProcessId)/cmdline") | Should -Not -Match ([regex]::Escape($token))
            [System.IO.File]::ReadAllText("/proc/$($server.ProcessId)/environ") | Should -Not -Match ([regex]::Escape($token))
        }
    }

    It 'is started once for a home, and once for each port that is asked for' {
        $server = Open-Server -Path $sample
        (Start-SkmServer -SkillMeatHome $sample -Path $skm).ProcessId | Should -Be $server.ProcessId
        (Start-SkmServer -SkillMeatHome $sample -Port $server.Port).ProcessId | Should -Be $server.ProcessId
        & { Start-SkmServer -SkillMeatHome $sample -Verbose 4>&1 } | Out-String | Should -BeLike '*runs already*'
        $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        $second = Start-SkmServer -Port $port -Path $skm -SkillMeatHome $sample
        $second.Port | Should -Be $port
        $second.ProcessId | Should -Not -Be $server.ProcessId
        (Get-SkmServer -SkillMeatHome $sample).ProcessId | Should -Be $server.ProcessId, $second.ProcessId

        Stop-SkmServer $second.ProcessId -SkillMeatHome $sample
        (Get-SkmServer -SkillMeatHome $sample).ProcessId | Should -Be $server.ProcessId
    }

    It 'is one when two sessions start it at once' {
        $command = "Import-Module '$(Find-SkillMeat)'; (Start-SkmServer -Port 0 -Path '$skm' -SkillMeatHome `"$sample`").ProcessId"
        $answers = 1..2 | ForEach-Object { Open-Pwsh -Command $command } | ForEach-Object { $_.StandardInput.Close(); Wait-Pwsh -Process $_ }
        $answers.ErrorText | Where-Object { $_ } | Should -BeNullOrEmpty
        $answers[1].Output | Should -Be $answers[0].Output
        @(Get-SkmServer -SkillMeatHome $sample).Count | Should -Be 1
    }

    It 'of one home is not that of another' {
        $other = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:homes = $sample, $other
        $server = Open-Server -Path $sample
        Get-SkmServer -SkillMeatHome $other | Should -BeNullOrEmpty
        $second = Open-Server -Path $other
        $second.Port | Should -Not -Be $server.Port
        (Get-SkmServer -SkillMeatHome $other).ProcessId | Should -Be $second.ProcessId

        $failure = Get-Failure { Stop-SkmServer $second.ProcessId -SkillMeatHome $sample }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ServerNotFound,*'
        # A server from the pipeline has its home with it.
        Get-SkmServer -SkillMeatHome $other | Stop-SkmServer
        Wait-End -Id $second.ProcessId
        (Send-Request -Server $server).process_id | Should -Be $server.ProcessId
        $second | Stop-SkmServer -PassThru | Should -BeNullOrEmpty
        $server.ProcessId | Stop-SkmServer -SkillMeatHome $sample -PassThru | ForEach-Object ProcessId | Should -Be $server.ProcessId
        (Get-Failure { Get-Process -Id $PID | Stop-SkmServer -SkillMeatHome $sample }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'makes a home that is not there' {
        $none = Join-Path $TestDrive "none $([guid]::NewGuid())"
        (Get-Failure { Get-SkmServer -SkillMeatHome $none }).FullyQualifiedErrorId | Should -BeLike 'HomeNotFound,*'
        Stop-SkmServer -SkillMeatHome $none
        Start-SkmServer -Path $skm -SkillMeatHome $none -WhatIf | Should -BeNullOrEmpty
        $none | Should -Not -Exist
        $script:homes = @($none)
        (Open-Server -Path $none).Home | Should -Be $none
        (Get-SkmCollection -SkillMeatHome $none).Name | Should -Be 'default'
    }

    It 'is neither started nor stopped with -WhatIf' {
        $before = Get-HomeState -Path $sample
        Start-SkmServer -Path $skm -SkillMeatHome $sample -WhatIf | Should -BeNullOrEmpty
        Get-HomeState -Path $sample | Should -Be $before
        $server = Open-Server -Path $sample
        Stop-SkmServer -SkillMeatHome $sample -WhatIf -PassThru | Should -BeNullOrEmpty
        (Send-Request -Server $server).process_id | Should -Be $server.ProcessId
    }

    It 'keeps its files from others' -Skip:$IsWindows {
        $null = Open-Server -Path $sample
        $folder = Join-Path $sample 'service'
        [System.IO.File]::GetUnixFileMode($folder) | Should -Be 'UserExecute, UserWrite, UserRead'
        $files = Get-ChildItem -LiteralPath $folder
        $files.Name | Should -Contain 'serve.log'
        $files | ForEach-Object { [System.IO.File]::GetUnixFileMode($_.FullName) | Should -Be 'UserWrite, UserRead' -Because $_.Name }
    }

    It 'has no token for whoever could not read it' -Skip:$IsWindows {
        $server = Open-Server -Path $sample
        & chmod 644 (Join-Path $sample 'service/token')
        (Get-SkmServer -SkillMeatHome $sample).Token | Should -BeNullOrEmpty
        # Without the token, its process is asked.
        Stop-SkmServer -SkillMeatHome $sample
        Wait-End -Id $server.ProcessId
    }

    It 'opens its page in a browser that is signed in' -Skip:(-not $IsLinux) {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $opened = Join-Path $folder 'opened'
        Write-Text -Path (Join-Path $folder 'xdg-open') -Text "#!/bin/sh`nprintf %s `"`$1`" > '$folder/part'; cp `"`$1`" '$folder/page'; mv '$folder/part' '$opened'`n"
        & chmod +x (Join-Path $folder 'xdg-open')
        $before = $env:PATH
        $env:PATH = "${folder}:$before"
        try {
            foreach ($time in 1..2) {
                # The first time it is started, the second time it runs already.
                $server = Start-SkmServer -Port 0 -Path $skm -Open -SkillMeatHome $sample
                Wait-Until -What 'the browser' -Condition { Test-Path -LiteralPath $opened }
                $page = [System.IO.File]::ReadAllText($opened)
                Split-Path -Path $page | Should -Be (Join-Path $sample 'service')
                $text = [System.IO.File]::ReadAllText((Join-Path $folder 'page'))
                $text | Should -Not -Match ([regex]::Escape(($server.Token | ConvertFrom-SecureString -AsPlainText)))
                $address = [regex]::Match($text, 'url=(http[^"]+)"').Groups[1].Value
                $session = $null
                $answer = Invoke-WebRequest -Uri $address -SessionVariable session -MaximumRedirection 0 -SkipHttpErrorCheck -ErrorAction SilentlyContinue
                $answer.StatusCode | Should -Be 303
                (Invoke-RestMethod -Uri "$($server.Url)api/v1/info" -WebSession $session).process_id | Should -Be $server.ProcessId
                $page | Should -Not -Exist
                Remove-Item -LiteralPath $opened
            }

            Remove-Item -LiteralPath $opened -ErrorAction Ignore
            Start-SkmServer -Open -SkillMeatHome $sample -WhatIf | ForEach-Object ProcessId | Should -Be $server.ProcessId
            $opened | Should -Not -Exist
        }
        finally {
            $env:PATH = $before
        }
    }
}

Describe 'The program' {
    BeforeAll {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'program')
    }

    AfterEach {
        Stop-SkmServer -SkillMeatHome $sample
    }

    It 'is found on the PATH' -Skip:$IsWindows {
        $folder = Join-Path $TestDrive 'on path'
        Write-Text -Path (Join-Path $folder 'skm') -Text "#!/bin/sh`nexec '$skm' `"`$@`"`n"
        & chmod +x (Join-Path $folder 'skm')
        $before = $env:PATH
        $env:PATH = "relative:$folder"
        try {
            & { Start-SkmServer -Port 0 -SkillMeatHome $sample -Verbose 4>&1 } | Out-String | Should -BeLike "*Starting $folder/skm.*"
        }
        finally {
            $env:PATH = $before
        }
    }

    It 'is found in the folder of -Path, relative to the location' {
        Push-Location -LiteralPath (Split-Path -Path $skm)
        try {
            (Start-SkmServer -Port 0 -Path . -SkillMeatHome $sample).Home | Should -Be $sample
        }
        finally {
            Pop-Location
        }
    }

    It 'is found beside the module, before the PATH' -Skip:$IsWindows {
        $module = Join-Path $TestDrive 'beside/SkillMeat' (Split-Path -Path (Split-Path -Path (Find-SkillMeat)) -Leaf)
        Copy-Item -LiteralPath (Split-Path -Path (Find-SkillMeat)) -Destination $module -Recurse
        Write-Text -Path (Join-Path $TestDrive 'beside/skm/skm') -Text "#!/bin/sh`necho 'error: beside' >&2; exit 9`n"
        & chmod +x (Join-Path $TestDrive 'beside/skm/skm')
        $answer = Invoke-Pwsh -Command "Import-Module '$module/SkillMeat.psd1'; Start-SkmServer -SkillMeatHome '$sample'"
        $answer.ErrorText | Should -BeLike '*ended before it was ready (exit code 9): beside*'
    }

    It 'that is not there is an error that says where to get it' {
        $before = $env:PATH
        $env:PATH = "$TestDrive"
        try {
            $failure = Get-Failure { Start-SkmServer -SkillMeatHome $sample }
        }
        finally {
            $env:PATH = $before
        }

        $failure.FullyQualifiedErrorId | Should -BeLike 'ProgramNotFound,*'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        "$failure" | Should -BeLike '*dotnet publish*-Path*'
        $failure = Get-Failure { Start-SkmServer -Path (Join-Path $TestDrive 'nowhere/skm') -SkillMeatHome $sample }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ProgramNotFound,*'
        "$failure" | Should -BeLike '*nowhere*'
        (Get-Failure { Start-SkmServer -Path 'Env:PATH' -SkillMeatHome $sample }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        Get-SkmServer -SkillMeatHome $sample | Should -BeNullOrEmpty
    }

    It 'that cannot be run is an error' -Skip:$IsWindows {
        Write-Text -Path (Join-Path $TestDrive 'text') -Text 'no program'
        "$(Get-Failure { Start-SkmServer -Path (Join-Path $TestDrive 'text') -SkillMeatHome $sample })" | Should -BeLike '*not executable*'
        & chmod +x (Join-Path $TestDrive 'text')
        (Get-Failure { Start-SkmServer -Path (Join-Path $TestDrive 'text') -SkillMeatHome $sample }).FullyQualifiedErrorId | Should -BeLike 'ServerFailed,*'
    }

    It 'that ends is an error with its message' {
        $listener = [System.Net.Sockets.TcpListener]::new([ipaddress]::Loopback, 0)
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        try {
            $failure = Get-Failure { Start-SkmServer -Port $port -Path $skm -SkillMeatHome $sample }
        }
        finally {
            $listener.Stop()
        }

        $failure.FullyQualifiedErrorId | Should -BeLike 'ServerFailed,*'
        "$failure" | Should -BeLike "*Cannot listen on 127.0.0.1:$port*"
        Get-SkmServer -SkillMeatHome $sample | Should -BeNullOrEmpty
    }

    It 'that ends without a word, or with too many, is an error' -Skip:$IsWindows {
        "$(Get-Failure { Start-SkmServer -Path (Add-Program 'exit 7') -SkillMeatHome $sample })" | Should -BeLike '*exit code 7*'
        $failure = Get-Failure { Start-SkmServer -Path (Add-Program 'head -c 60000 /dev/zero | tr "\0" x >&2; exit 7') -SkillMeatHome $sample }
        "$failure".Length | Should -BeLessThan 6000
        # A child of it that goes on has the pipes as well.
        "$(Get-Failure { Start-SkmServer -Path (Add-Program 'sleep 30 & echo gone >&2; exit 7') -SkillMeatHome $sample })" | Should -BeLike '*exit code 7*'
    }

    It 'that is not ready in time is ended' -Skip:$IsWindows {
        $file = Join-Path $TestDrive 'slow'
        $failure = Get-Failure { Start-SkmServer -TimeoutSec 2 -Path (Add-Program "echo `$`$ > '$file'; exec sleep 300") -SkillMeatHome $sample }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ServerFailed,*'
        "$failure" | Should -BeLike '*not ready within 2 seconds*'
        Wait-End -Id ([System.IO.File]::ReadAllText($file))
    }

    It 'is ended with Ctrl+C while it starts' -Skip:$IsWindows {
        $file = Join-Path $TestDrive 'interrupted'
        $state = [initialsessionstate]::CreateDefault2()
        $state.ImportPSModule((Find-SkillMeat))
        $shell = [powershell]::Create($state)
        try {
            $null = $shell.AddCommand('Start-SkmServer').AddParameter('SkillMeatHome', $sample).AddParameter('Path', (Add-Program "echo `$`$ > '$file.part'; mv '$file.part' '$file'; exec sleep 300"))
            $null = $shell.BeginInvoke()
            Wait-Until -What 'the program' -Condition { Test-Path -LiteralPath $file }
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally {
            $shell.Dispose()
        }

        $id = [int][System.IO.File]::ReadAllText($file)
        Wait-End -Id $id
    }
}

Describe 'A server that was killed' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:server = Open-Server -Path $sample
        $script:file = Join-Path $sample "service/$($server.ProcessId).running.json"
    }

    AfterEach {
        Stop-SkmServer -SkillMeatHome $sample
    }

    It 'is not listed, leaves nothing, and does not keep another from starting' {
        $file | Should -Exist
        Stop-Process -Id $server.ProcessId -Force
        # Nobody waits for it but PowerShell, which must not leave it as a zombie.
        Wait-Until -What 'its end' -Condition { -not (Test-Alive -Id $server.ProcessId) }
        if ($IsLinux) { Wait-Until -What 'its funeral' -Condition { -not (Test-Path -LiteralPath "/proc/$($server.ProcessId)") } }
        Get-SkmServer -SkillMeatHome $sample | Should -BeNullOrEmpty
        $file | Should -Not -Exist
        $server | Stop-SkmServer -PassThru | Should -BeNullOrEmpty
        (Open-Server -Path $sample).ProcessId | Should -Not -Be $server.ProcessId
    }

    It 'is not the program that has its process id by now' -Skip:(-not $IsLinux) {
        $text = [System.IO.File]::ReadAllText($file)
        Stop-Process -Id $server.ProcessId -Force
        Wait-Until -What 'its end' -Condition { -not (Test-Alive -Id $server.ProcessId) }
        $innocent = Start-Process -FilePath sleep -ArgumentList 300 -PassThru
        try {
            $reused = Join-Path $sample "service/$($innocent.Id).running.json"
            Move-Item -LiteralPath $file -Destination $reused
            [System.IO.File]::WriteAllText($reused, $text.Replace("`"process_id`":$($server.ProcessId)", "`"process_id`":$($innocent.Id)"))
            Stop-SkmServer -SkillMeatHome $sample -PassThru -WhatIf | Should -BeNullOrEmpty
            $reused | Should -Exist
            (Get-Failure { Stop-SkmServer $innocent.Id -SkillMeatHome $sample }).FullyQualifiedErrorId | Should -BeLike 'ServerNotFound,*'
            Get-SkmServer -SkillMeatHome $sample | Should -BeNullOrEmpty
            $reused | Should -Not -Exist
            $innocent.HasExited | Should -BeFalse
        }
        finally {
            $innocent.Kill()
        }
    }

    It 'before the machine was started anew is gone, and one of another machine is not ours to judge' -Skip:(-not $IsLinux) {
        $text = [System.IO.File]::ReadAllText($file)
        $elsewhere = Join-Path $sample 'service/1.running.json'
        $earlier = Join-Path $sample 'service/2.running.json'
        $odd = Join-Path $sample 'service/3.running.json'
        [System.IO.File]::Copy($file, $elsewhere)
        [System.IO.File]::Copy($file, $earlier)
        [System.IO.File]::Copy($file, $odd)
        [System.IO.File]::WriteAllText($elsewhere, ($text -replace '"process_id":\d+', '"process_id":1' -replace '"machine":"[^"]*"', '"machine":"other"'))
        [System.IO.File]::WriteAllText($earlier, ($text -replace '"process_id":\d+', '"process_id":2' -replace '"boot":"[0-9a-f]', '"boot":"x'))
        [System.IO.File]::WriteAllText($odd, '{"url": 1')
        (Get-SkmServer -SkillMeatHome $sample).ProcessId | Should -Be $server.ProcessId
        $elsewhere | Should -Exist
        $earlier | Should -Not -Exist
    }
}

Describe 'The end of a session' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
    }

    AfterEach {
        Stop-SkmServer -SkillMeatHome $sample
    }

    It 'leaves the server running, and does not wait for it' {
        $answer = Invoke-Pwsh -Command "Import-Module '$(Find-SkillMeat)'; Set-Location '$TestDrive'; (Start-SkmServer -Port 0 -Path '$skm' -SkillMeatHome '$sample').ProcessId; `$PID"
        $answer.ErrorText | Should -BeNullOrEmpty
        $id, $session = $answer.Output -split '\r?\n'
        $server = Get-SkmServer -SkillMeatHome $sample
        $server.ProcessId | Should -Be $id
        Test-Alive -Id $session | Should -BeFalse
        1..20 | ForEach-Object { (Send-Request -Server $server).process_id | Should -Be $id }
        if ($IsLinux) {
            # It has a session of its own, without a terminal, and none of the pipes of PowerShell can fill up.
            (& ps -o sid= -o tty= -p $id).Trim() -split '\s+' | Should -Be $id, '?'
            (Get-Item -LiteralPath "/proc/$id/cwd").LinkTarget | Should -Not -Be "$TestDrive"
        }

        Stop-SkmServer -SkillMeatHome $sample
        Wait-End -Id $id
    }

    It 'by Ctrl+C or a closed terminal does not reach it' -Skip:$IsWindows {
        $server = Open-Server -Path $sample
        & (Get-Command -Name kill -CommandType Application -TotalCount 1) -s HUP $server.ProcessId
        Start-Sleep -Milliseconds 300
        (Send-Request -Server $server).process_id | Should -Be $server.ProcessId
    }
}

Describe 'A server that does not end' {
    It 'is an error, and ends later' -Skip:$IsWindows {
        $sample = Copy-SampleHome -Path (Join-Path $TestDrive 'stuck')
        $server = Open-Server -Path $sample
        $kill = Get-Command -Name kill -CommandType Application -TotalCount 1
        & $kill -s STOP $server.ProcessId
        $failure = Get-Failure { Stop-SkmServer -TimeoutSec 1 -SkillMeatHome $sample }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ServerFailed,*'
        $failure.TargetObject.ProcessId | Should -Be $server.ProcessId
        "$failure" | Should -BeLike '*did not end within 1 seconds*'
        & $kill -s CONT $server.ProcessId
        Wait-Until -What 'its end' -Condition { -not (Test-Alive -Id $server.ProcessId) }
        Get-SkmServer -SkillMeatHome $sample | Should -BeNullOrEmpty
    }
}
