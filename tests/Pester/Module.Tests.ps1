#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
    $script:manifest = Find-SkillMeat
    $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive 'sample')

    function Find-OtherYamlDotNet {
        # The real assembly in another version if NuGet has one, else an assembly that only has its name.
        $ours = [System.Reflection.AssemblyName]::GetAssemblyName((Join-Path (Split-Path -Path $manifest) 'bin/YamlDotNet.dll')).Version
        $packages = $env:NUGET_PACKAGES ? $env:NUGET_PACKAGES : (Join-Path ([System.Environment]::GetFolderPath('UserProfile')) '.nuget/packages')
        $real = Get-ChildItem -Path (Join-Path $packages 'yamldotnet/*/lib/netstandard2.0/YamlDotNet.dll') -ErrorAction Ignore |
            Where-Object { [System.Reflection.AssemblyName]::GetAssemblyName($_.FullName).Version -ne $ours } |
            Select-Object -First 1
        if ($real) {
            return $real.FullName
        }

        # Add-Type -OutputAssembly gives its assemblies random names, so this calls the compiler directly.
        'Microsoft.CodeAnalysis.dll', 'Microsoft.CodeAnalysis.CSharp.dll' | ForEach-Object { Add-Type -LiteralPath (Join-Path $PSHOME $_) }
        $standIn = Join-Path $TestDrive 'other/YamlDotNet.dll'
        $source = '[assembly: System.Reflection.AssemblyVersion("1.2.3.4")] namespace YamlDotNet.Serialization { public sealed class SerializerBuilder { ' +
            'public SerializerBuilder Build() { return this; } public string Serialize(object value) { return "a: 1\n"; } } }'
        $reference = [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location)
        Write-Text -Path $standIn -Text ''
        $compilation = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create(
            'YamlDotNet',
            [Microsoft.CodeAnalysis.SyntaxTree[]] @([Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText($source)),
            [Microsoft.CodeAnalysis.MetadataReference[]] @($reference),
            [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new([Microsoft.CodeAnalysis.OutputKind]::DynamicallyLinkedLibrary))
        $stream = [System.IO.File]::Create($standIn)
        $emitted = $compilation.Emit($stream)
        $stream.Dispose()
        if (-not $emitted.Success) {
            throw "The stand-in does not compile: $($emitted.Diagnostics)"
        }

        $standIn
    }
}

Describe 'The module' {
    BeforeAll {
        $script:module = Get-Module -Name SkillMeat
    }

    It 'exports its cmdlets by name, and nothing else' {
        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be @(
            'Add-SkmArtifact', 'Add-SkmGroupMember', 'Clear-SkmCache', 'Compare-SkmArtifact', 'Copy-SkmArtifact', 'Export-SkmProject', 'Export-SkmSnapshot', 'Find-SkmArtifact',
            'Find-SkmMarketplaceArtifact', 'Find-SkmProject', 'Get-SkmArtifact', 'Get-SkmBackgroundRefresh', 'Get-SkmCache', 'Get-SkmCollection', 'Get-SkmDeployment', 'Get-SkmDrift', 'Get-SkmGroup',
            'Get-SkmMarketplace', 'Get-SkmMcpServer', 'Get-SkmProfile', 'Get-SkmProject', 'Get-SkmRefreshField', 'Get-SkmServer', 'Get-SkmSnapshot', 'Get-SkmStaleArtifact', 'Get-SkmTagDefinition',
            'Get-SkmUpstreamArtifact', 'Import-SkmArtifact', 'Install-SkmArtifact', 'Install-SkmProject', 'Invoke-SkmCollectionRefresh', 'Move-SkmArtifact', 'New-SkmCollection', 'New-SkmGroup',
            'New-SkmMcpServer', 'New-SkmSnapshot', 'New-SkmTagDefinition', 'Register-SkmMarketplace', 'Register-SkmProject', 'Remove-SkmArtifact', 'Remove-SkmCollection', 'Remove-SkmGroup',
            'Remove-SkmGroupMember', 'Remove-SkmMcpServer', 'Remove-SkmSnapshot', 'Remove-SkmTagDefinition', 'Rename-SkmCollection', 'Repair-SkmHome', 'Restore-SkmProject', 'Restore-SkmSnapshot',
            'Set-SkmArtifact', 'Set-SkmCollection', 'Set-SkmGroup', 'Set-SkmMcpServer', 'Set-SkmTagDefinition', 'Start-SkmBackgroundRefresh', 'Start-SkmServer', 'Stop-SkmBackgroundRefresh',
            'Stop-SkmServer', 'Sync-SkmProject', 'Test-SkmArtifact', 'Test-SkmSnapshot', 'Test-SkmUpstream', 'Uninstall-SkmArtifact', 'Unregister-SkmMarketplace', 'Unregister-SkmProject',
            'Update-SkmArtifact', 'Update-SkmCache', 'Update-SkmMarketplace')
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
    }

    It 'has a manifest that PowerShell finds in order, with all cmdlets spelled out' {
        $tested = Test-ModuleManifest -Path $manifest -ErrorAction Stop
        $tested.ExportedCmdlets.Keys | Sort-Object | Should -Be ($module.ExportedCmdlets.Keys | Sort-Object)
        (Import-PowerShellDataFile -LiteralPath $manifest).CmdletsToExport | Should -Not -Match '\*'
    }

    It 'gives each cmdlet an approved verb and the prefix Skm' {
        $module.ExportedCmdlets.Values.Verb | Sort-Object -Unique | Should -BeIn (Get-Verb).Verb
        $module.ExportedCmdlets.Values.Noun | Should -Match '^Skm[A-Z]'
    }

    It 'gives each cmdlet output types' {
        foreach ($cmdlet in $module.ExportedCmdlets.Values) {
            $cmdlet.OutputType | Should -Not -BeNullOrEmpty -Because "$cmdlet says what it returns"
        }
    }

    It 'takes -SkillMeatHome wherever a home is used' {
        foreach ($cmdlet in $module.ExportedCmdlets.Values | Where-Object Name -NE 'Get-SkmRefreshField') {
            $cmdlet.Parameters.Keys | Should -Contain 'SkillMeatHome' -Because "$cmdlet works on a home"
        }
    }

    It 'lets every cmdlet that changes something be asked with -WhatIf and -Confirm' {
        foreach ($cmdlet in $module.ExportedCmdlets.Values | Where-Object Verb -NotIn 'Compare', 'Find', 'Get', 'Test') {
            $cmdlet.Parameters.Keys | Should -Contain 'WhatIf' -Because "$cmdlet changes something"
            $cmdlet.Parameters.Keys | Should -Contain 'Confirm' -Because "$cmdlet changes something"
        }
    }
}

Describe 'Importing the module' {
    It 'works again with -Force, and again, and after Remove-Module' {
        $answer = Invoke-Pwsh -Command @"
            `$ErrorActionPreference = 'Stop'
            Import-Module '$manifest'; (Get-SkmArtifact -SkillMeatHome '$sample').Count
            Import-Module '$manifest' -Force; (Get-SkmArtifact -SkillMeatHome '$sample').Count
            Import-Module '$manifest' -Force; (Get-SkmArtifact -SkillMeatHome '$sample').Count
            Remove-Module SkillMeat; @(Get-Command -Name '*-Skm*').Count
            @(Get-Module | Where-Object Name -Like 'SkillMeat*').Count
            Import-Module '$manifest'; (Get-SkmArtifact -SkillMeatHome '$sample').Count
            (Get-SkmCollection -SkillMeatHome '$sample' | Out-String) -match 'Active Artifacts'
"@
        $answer.ErrorText | Should -BeNullOrEmpty
        $answer.Output -split '\r?\n' | Should -Be '4', '4', '4', '0', '0', '4', 'True'
        $answer.ExitCode | Should -Be 0
    }

    It 'says nothing' {
        $answer = Invoke-Pwsh -Command "Import-Module '$manifest'"
        "$($answer.Output)$($answer.ErrorText)" | Should -BeNullOrEmpty
    }

    It 'works by name, and a cmdlet imports it by itself' {
        $folder = Split-Path -Path (Split-Path -Path $manifest)
        if ((Split-Path -Path $folder -Leaf) -ne 'SkillMeat') {
            Set-ItResult -Skipped -Because 'the module is not in a folder as PowerShell looks for it (SkillMeat/<version>)'
        }

        $environment = @{ PSModulePath = Split-Path -Path $folder; HOME = "$TestDrive" }
        (Invoke-Pwsh -Environment $environment -Command "(Get-SkmArtifact -SkillMeatHome '$sample').Count").Output | Should -Be '4'
    }

    It 'works in several runspaces at the same time, with one set of types' {
        $answer = Invoke-Pwsh -Command @"
            `$counts = 1..8 | ForEach-Object -ThrottleLimit 8 -Parallel {
                Import-Module '$manifest' -ErrorAction Stop
                (Get-SkmArtifact -SkillMeatHome '$sample').Count
            }
            "`$counts"
            @([System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'SkillMeat.Engine' }).Count
"@
        $answer.ErrorText | Should -BeNullOrEmpty
        $answer.Output -split '\r?\n' | Should -Be '4 4 4 4 4 4 4 4', '1'
    }

    It 'works under strict mode and with -ErrorAction Stop everywhere' {
        $answer = Invoke-Pwsh -Command "Set-StrictMode -Version Latest; `$ErrorActionPreference = 'Stop'; Import-Module '$manifest'; (Get-SkmCollection -SkillMeatHome '$sample' | Out-String) -match 'default'"
        $answer.ErrorText | Should -BeNullOrEmpty
        $answer.Output | Should -Be 'True'
    }
}

Describe "The module's own libraries" {
    BeforeAll {
        $script:other = Find-OtherYamlDotNet
        # The version of YamlDotNet in each context, as context=version.
        $script:list = "[System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'YamlDotNet' } | " +
            "ForEach-Object { '{0}={1}' -f [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$_).Name, `$_.GetName().Version } | Sort-Object"
        $script:useOther = "[YamlDotNet.Serialization.SerializerBuilder]::new().Build().Serialize(@{ a = 1 }).Trim()"
        $script:useOurs = "`"`$(Invoke-SkmCollectionRefresh -Name meeting-notes -SkillMeatHome '$sample' -WhatIf | ForEach-Object Changes)`""
        $script:expected = "$([System.Reflection.AssemblyName]::GetAssemblyName($other).Version)"
    }

    It 'are not visible as types, nor in the context of everybody' {
        $answer = Invoke-Pwsh -Command @"
            Import-Module '$manifest'
            `$null = $useOurs
            'SkillMeat.Engine.Nothing', 'SkillMeat.Collections.Artifact', 'SkillMeat.Refresh.RefreshField', 'YamlDotNet.Serialization.DeserializerBuilder', 'Polly.ResiliencePipeline' |
                Where-Object { `$_ -as [type] }
            [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { `$_.GetName().Name } |
                Where-Object { `$_ -match '^(SkillMeat|YamlDotNet|Polly|ICSharpCode)' -and `$_ -ne 'SkillMeat.Loader' }
            'end'
"@
        $answer.ErrorText | Should -BeNullOrEmpty
        ($answer.Output -split '\r?\n')[-1] | Should -Be 'end'
        $answer.Output -split '\r?\n' | Where-Object { $_ -notlike 'What if*' } | Should -Be 'end'
    }

    It 'live beside another version that a module loaded before' {
        $answer = Invoke-Pwsh -Command @"
            `$ErrorActionPreference = 'Stop'
            Add-Type -Path '$other'
            $useOther
            Import-Module '$manifest'
            $useOurs
            $useOther
            $list
"@
        $answer.ErrorText | Should -BeNullOrEmpty
        $lines = $answer.Output -split '\r?\n' | Where-Object { $_ -notlike 'What if*' }
        $lines[0..2] | Should -Be 'a: 1', 'tags description license author', 'a: 1'
        $lines[3] | Should -Be "Default=$expected"
        $lines[4] | Should -BeLike 'SkillMeat in *=*'
        $lines[4] | Should -Not -BeLike "*=$expected"
        $lines.Count | Should -Be 5
    }

    It 'live beside another version that a module loads afterwards' {
        $answer = Invoke-Pwsh -Command @"
            `$ErrorActionPreference = 'Stop'
            Import-Module '$manifest'
            $useOurs
            Add-Type -Path '$other'
            $useOther
            $useOurs
"@
        $answer.ErrorText | Should -BeNullOrEmpty
        $answer.Output -split '\r?\n' | Where-Object { $_ -notlike 'What if*' } |
            Should -Be 'tags description license author', 'a: 1', 'tags description license author'
    }
}
