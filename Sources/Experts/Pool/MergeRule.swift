/// What a combination of experts is.
public enum MergeRule: String, Sendable, Equatable, Codable, CaseIterable {
    /// sum_i c_i w_i of every tensor; of low-rank adapters, of A and of B by themselves, as Model Swarms has it.
    ///
    /// - SeeAlso: Feng et al. (2024), Model Swarms, arXiv:2410.11163
    case linear

    /// sum_i c_i B_i A_i of low-rank adapters of rank r, exactly, as one of rank k r:
    ///
    ///     B = [c_1 B_1 | ... | c_k B_k]  [out, k r]      A = [A_1 / ... / A_k]  [k r, in]
    ///
    /// Pairs are found by PEFT's names, `lora_A` and `lora_B` or `lora_embedding_A` and `lora_embedding_B` between dots;
    /// all other tensors are combined linearly. The scale alpha / r stands in `adapter_config.json`, not here: whoever
    /// loads the file needs one that says rank k r and alpha k times as large (sqrt(k) times, where `use_rslora` is set).
    ///
    /// - SeeAlso: Hu et al. (2022), LoRA, arXiv:2106.09685
    case loraProduct = "lora-product"
}
